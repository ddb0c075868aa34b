package io.understudy.undermoon;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a {@link Broker} remembers, as a value.
 *
 * @param waiting the {@code auto} that holds the scale lock; null = none
 */
record BrokerState(
        MetaStoreData metadata,
        List<String> replicaAddresses,
        @Nullable AutoScale waiting) {
    BrokerState {
        replicaAddresses = List.copyOf(replicaAddresses);
    }
}

package io.understudy.undermoon;

import java.util.List;
import java.util.Optional;

/** Everything a {@link Broker} remembers, as a value. */
record BrokerState(MetaStoreData metadata, List<String> replicaAddresses, Optional<AutoScale> autoScale) {
    BrokerState {
        replicaAddresses = List.copyOf(replicaAddresses);
    }
}

package io.understudy.undermoon;

import java.util.List;
import java.util.Map;

/**
 * What the server proxies said when asked {@code UMCTL GETEPOCH} (spec undermoon 8.3).
 *
 * @param epochs the epochs of those that answered
 * @param unreachable the others, in the order in which they were asked
 */
record EpochAnswers(Map<String, Long> epochs, List<String> unreachable) {
    /** The lowest epoch; 0 when nobody answered. */
    long lowest() {
        return epochs.values().stream().reduce(Epoch::min).orElse(0L);
    }

    /** The highest epoch; 0 when nobody answered. */
    long highest() {
        return epochs.values().stream().reduce(0L, Epoch::max);
    }
}

package io.understudy.reaper;

import java.util.Locale;
import java.util.Optional;

/** How many replicas of a range Cassandra repairs at a time; handed on to it, without effect on Reaper's own scheduling. */
public enum RepairParallelism {
    SEQUENTIAL,
    PARALLEL,
    DATACENTER_AWARE;

    /** The one of that name, whatever its case. */
    static Optional<RepairParallelism> named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (RepairParallelism parallelism : values()) {
            if (parallelism.name().equals(upper)) {
                return Optional.of(parallelism);
            }
        }
        return Optional.empty();
    }
}

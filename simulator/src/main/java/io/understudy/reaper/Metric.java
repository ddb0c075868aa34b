package io.understudy.reaper;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A value that monitoring reads (spec reaper 1.12).
 *
 * @param name its name, such as {@code io_cassandrareaper_service_RepairRunner_repairProgress}
 * @param labels its labels, in order
 * @param value the value
 */
record Metric(String name, Map<String, String> labels, double value) {
    Metric {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }
}

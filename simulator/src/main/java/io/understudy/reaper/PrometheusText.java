package io.understudy.reaper;

import io.understudy.journal.Bytes;
import java.util.List;

/** Metrics as the Prometheus simple client writes them: {@code TextFormat.write004}. */
final class PrometheusText {
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private PrometheusText() {}

    /** @param metrics those of one name one after the other */
    static Bytes of(List<Metric> metrics) {
        StringBuilder out = new StringBuilder(metrics.size() * 160);
        String family = "";
        for (Metric metric : metrics) {
            if (!metric.name().equals(family)) {
                family = metric.name();
                // the words of DropwizardExports
                out.append("# HELP ").append(family).append(" Generated from Dropwizard metric import (metric=");
                out.append(family.replace('_', '.')).append(", type=com.codahale.metrics.Gauge)\n");
                out.append("# TYPE ").append(family).append(" gauge\n");
            }
            line(out, metric);
        }
        return Bytes.utf8(out.toString());
    }

    private static void line(StringBuilder out, Metric metric) {
        out.append(metric.name());
        if (!metric.labels().isEmpty()) {
            out.append('{');
            // spec reaper 1.12: with a comma at the end
            metric.labels()
                    .forEach((name, value) -> out.append(name)
                            .append("=\"")
                            .append(escaped(value))
                            .append("\","));
            out.append('}');
        }
        out.append(' ').append(number(metric.value())).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return Double.toString(value);
    }
}

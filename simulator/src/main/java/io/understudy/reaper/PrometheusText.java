package io.understudy.reaper;

import io.understudy.journal.Bytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Metrics as the Prometheus simple client writes them: {@code TextFormat.write004}. */
final class PrometheusText {
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Map<String, Double> QUANTILES = quantiles("0.5", "0.75", "0.95", "0.98", "0.99", "0.999");

    private PrometheusText() {}

    private static Map<String, Double> quantiles(String... texts) {
        Map<String, Double> quantiles = new LinkedHashMap<>();
        for (String text : texts) {
            quantiles.put(text, Double.valueOf(text));
        }
        return quantiles;
    }

    /** @param metrics those of one name one after the other */
    static Bytes of(List<Metric> metrics) {
        StringBuilder out = new StringBuilder(metrics.size() * 160);
        String family = "";
        for (Metric metric : metrics) {
            if (!metric.name().equals(family)) {
                family = metric.name();
                // the words of DropwizardExports
                out.append("# HELP ").append(family).append(" Generated from Dropwizard metric import (metric=");
                out.append(family.replace('_', '.')).append(", type=com.codahale.metrics.");
                out.append(metric.reading().getClass().getSimpleName()).append(")\n");
                // DropwizardExports has counters, which may count down, as gauges
                out.append("# TYPE ").append(family);
                out.append(metric.reading() instanceof Metric.Timer ? " summary\n" : " gauge\n");
            }
            lines(out, metric);
        }
        return Bytes.utf8(out.toString());
    }

    private static void lines(StringBuilder out, Metric metric) {
        if (metric.reading() instanceof Metric.Gauge gauge) {
            line(out, metric.name(), metric.labels(), gauge.value());
        } else if (metric.reading() instanceof Metric.Counter counter) {
            line(out, metric.name(), metric.labels(), (double) counter.count());
        } else if (metric.reading() instanceof Metric.Timer timer) {
            QUANTILES.forEach((text, share) -> {
                Map<String, String> labels = new LinkedHashMap<>(metric.labels());
                labels.put("quantile", text);
                line(out, metric.name(), labels, timer.quantile(share));
            });
            line(out, metric.name() + "_count", metric.labels(), (double) timer.count());
        }
    }

    private static void line(StringBuilder out, String metric, Map<String, String> labels, double value) {
        out.append(metric);
        if (!labels.isEmpty()) {
            out.append('{');
            // spec reaper 1.12: with a comma at the end
            labels.forEach((name, text) ->
                    out.append(name).append("=\"").append(escaped(text)).append("\","));
            out.append('}');
        }
        out.append(' ').append(number(value)).append('\n');
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

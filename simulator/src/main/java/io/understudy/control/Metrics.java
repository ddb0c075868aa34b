package io.understudy.control;

import io.understudy.World;
import io.understudy.journal.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The worlds' counts and gauges in Prometheus' text format, version 0.0.4. */
final class Metrics {
    static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final List<Worlds.Open> worlds;
    private final StringBuilder text = new StringBuilder();

    private Metrics(List<Worlds.Open> worlds) {
        this.worlds = worlds;
    }

    static String of(Worlds worlds, double uptimeSeconds) {
        Metrics metrics = new Metrics(worlds.all());
        metrics.server(uptimeSeconds);
        metrics.requests();
        metrics.gauge("understudy_held_replies", "Replies that wait for time or for their system.", World::heldReplies);
        metrics.gauge(
                "understudy_journal_entries",
                "Entries in the journal.",
                world -> world.journal().size());
        metrics.gauge(
                "understudy_journal_bytes",
                "Bytes that the journal's entries weigh.",
                world -> world.journal().bytes());
        metrics.gauge(
                "understudy_pending_events",
                "Events that are going to happen.",
                world -> world.clock().pendingCount());
        metrics.gauge(
                "understudy_fault_rules",
                "Fault rules, in force or not yet.",
                world -> world.faults().rules().size());
        metrics.gauge(
                "understudy_virtual_time_seconds",
                "Virtual time, in seconds since the epoch.",
                world -> seconds(world.clock().now()));
        return metrics.text.toString();
    }

    private void server(double uptimeSeconds) {
        head("understudy_uptime_seconds", "gauge", "Real time since the control API was first asked.");
        text.append("understudy_uptime_seconds ").append(number(uptimeSeconds)).append('\n');
        head("understudy_worlds", "gauge", "Worlds on the air.");
        text.append("understudy_worlds ").append(worlds.size()).append('\n');
    }

    private void requests() {
        head(
                "understudy_requests_total",
                "counter",
                "Requests by operation and status of the reply, none if it was lost.");
        for (Worlds.Open open : worlds) {
            Map<Tally, Long> tallies = open.simulation().world().journal().tallies();
            tallies.forEach((tally, count) -> text.append("understudy_requests_total{world=\"")
                    .append(label(open.id()))
                    .append("\",system=\"")
                    .append(label(tally.system()))
                    .append("\",operation=\"")
                    .append(label(tally.operation()))
                    .append("\",status=\"")
                    .append(label(tally.status()))
                    .append("\"} ")
                    .append(count)
                    .append('\n'));
        }
    }

    private void gauge(String name, String help, ToDoubleFunction<World> value) {
        head(name, "gauge", help);
        for (Worlds.Open open : worlds) {
            text.append(name)
                    .append("{world=\"")
                    .append(label(open.id()))
                    .append("\"} ")
                    .append(number(value.applyAsDouble(open.simulation().world())))
                    .append('\n');
        }
    }

    private void head(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static double seconds(Instant instant) {
        return instant.getEpochSecond() + instant.getNano() / 1e9;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3f", value);
    }

    /** An operation's name comes from a catalogue, but the format wants its escapes whoever says what. */
    private static String label(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}

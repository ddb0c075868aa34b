package io.understudy.reaper;

import io.understudy.journal.Bytes;
import io.understudy.journal.Headers;
import io.understudy.journal.Reply;
import io.understudy.journal.Reply.Framing;
import io.understudy.journal.Request;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The admin port (spec reaper 1.12): Dropwizard's servlets, which know neither Jersey nor access control. */
final class AdminServlets {
    private static final String NO_CACHE = "must-revalidate,no-cache,no-store";

    /** {@code HealthCheck.Result} of Dropwizard Metrics. */
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final ReaperHealthCheck health;
    private final Supplier<List<Metric>> metrics;

    AdminServlets(ReaperHealthCheck health, Supplier<List<Metric>> metrics) {
        this.health = health;
        this.metrics = metrics;
    }

    /** The row of the catalogue that is asked for; servlets take the path as it is. */
    static Optional<ReaperEndpoint> find(ReaperWire wire, String path) {
        return ReaperEndpoints.served(wire, ReaperEndpoint.Kind.ADMIN).stream()
                .filter(row -> row.template().text().equals(path))
                .findFirst();
    }

    Reply reply(ReaperEndpoint endpoint, Request request, Instant now) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return JettyErrorPage.methodNotSupported(request);
        }
        return switch (endpoint.template().text()) {
            case "/healthcheck" -> healthcheck(now);
            // PingServlet prints a line
            case "/ping" -> uncached(200, "text/plain;charset=iso-8859-1", Bytes.utf8("pong\n"));
            case "/metrics" -> uncached(200, MediaRange.JSON, registry());
            case "/threads" -> uncached(200, MediaRange.TEXT, threads());
            case "/prometheusMetrics" ->
                ReaperReplies.typed(200, PrometheusText.TYPE, PrometheusText.of(metrics.get()));
            default -> JettyErrorPage.notFound(request);
        };
    }

    private Reply healthcheck(Instant now) {
        boolean healthy = health.isHealthy(now);
        Bytes body = JsonWriter.bytes(json -> json.object(() -> {
            result(json.name("deadlocks"), true, now);
            result(json.name("reaper"), healthy, now);
        }));
        return uncached(healthy ? 200 : 500, MediaRange.JSON, body);
    }

    private static void result(JsonWriter json, boolean healthy, Instant now) {
        json.object(() -> {
            json.field("healthy", healthy);
            if (!healthy) {
                json.field("message", "storage is not reachable"); // unconfirmed words
            }
            json.field("duration", 0).field("timestamp", TIMESTAMP.format(now));
        });
    }

    /** The shape of {@code MetricsModule}, without the rates of timers. */
    private Bytes registry() {
        List<Metric> all = metrics.get();
        return JsonWriter.bytes(json -> json.object(() -> {
            json.field("version", "4.0.0");
            registry(json, "gauges", all, Metric.Gauge.class, gauge -> json.field("value", gauge.value()));
            registry(json, "counters", all, Metric.Counter.class, counter -> json.field("count", counter.count()));
            json.name("histograms").object(() -> {});
            json.name("meters").object(() -> {});
            registry(json, "timers", all, Metric.Timer.class, timer -> timer(json, timer));
        }));
    }

    private static <R extends Metric.Reading> void registry(
            JsonWriter json, String name, List<Metric> all, Class<R> kind, Consumer<R> fields) {
        json.name(name)
                .object(() -> all.stream()
                        .filter(metric -> kind.isInstance(metric.reading()))
                        .forEach(metric -> json.name(dropwizardName(metric))
                                .object(() -> fields.accept(kind.cast(metric.reading())))));
    }

    private static void timer(JsonWriter json, Metric.Timer timer) {
        json.field("count", timer.count());
        json.field("max", timer.quantile(1)).field("min", timer.quantile(0));
        json.field("p50", timer.quantile(0.5)).field("p75", timer.quantile(0.75));
        json.field("p95", timer.quantile(0.95)).field("p98", timer.quantile(0.98));
        json.field("p99", timer.quantile(0.99)).field("p999", timer.quantile(0.999));
        json.field("duration_units", "seconds");
    }

    private static String dropwizardName(Metric metric) {
        String labels = String.join(".", metric.labels().values());
        return metric.name().replace('_', '.') + (labels.isEmpty() ? "" : "." + labels);
    }

    /** The shape of {@code ThreadDump}; a process that is not there has one thread, which waits. */
    private static Bytes threads() {
        return Bytes.utf8("\"main\" id=1 state=WAITING\n\n\n");
    }

    private static Reply uncached(int status, String contentType, Bytes body) {
        Headers headers = Headers.of("Content-Type", contentType, "Cache-Control", NO_CACHE);
        return new Reply(status, null, headers, body, Framing.LENGTH, false);
    }
}

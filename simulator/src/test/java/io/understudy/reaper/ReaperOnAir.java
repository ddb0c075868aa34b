package io.understudy.reaper;

import io.understudy.OpenApiDocument;
import io.understudy.Simulation;
import io.understudy.Understudy;
import io.understudy.WorldBuilder;
import io.understudy.fault.DomainFault;
import io.understudy.fault.FaultRule;
import io.understudy.fault.FaultScope;
import io.understudy.journal.Match;
import io.understudy.world.ClockMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** A Reaper on the air and a plain client, which follows no redirects and asks for no compression. */
final class ReaperOnAir implements AutoCloseable {
    private static final OpenApiDocument DOCUMENT = OpenApiDocument.of("reaper");

    /** Only ends a test that would otherwise hang. */
    private static final Duration GIVE_UP = Duration.ofSeconds(30);

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final Simulation simulation;

    ReaperOnAir(WorldBuilder world) {
        simulation = world.start();
    }

    /** A world of Reaper alone: time is that of the golden examples, and stands still. */
    static WorldBuilder world() {
        return Understudy.world()
                .system("reaper")
                .seed(42)
                .clock(ClockMode.manual())
                .startingAt(Instant.parse(Story.START));
    }

    /** With that preset and these knobs, each as {@code name=value}. */
    static ReaperOnAir with(String preset, String... knobs) {
        WorldBuilder world = world().preset("reaper", preset);
        for (String knob : knobs) {
            int equals = knob.indexOf('=');
            world.set("reaper." + knob.substring(0, equals), knob.substring(equals + 1));
        }
        return new ReaperOnAir(world);
    }

    Simulation simulation() {
        return simulation;
    }

    /** The application port's base URL. */
    URI url() {
        return node(false);
    }

    URI adminUrl() {
        return node(true);
    }

    private URI node(boolean admin) {
        return simulation.nodes().stream()
                .filter(node -> node.name().contains("admin") == admin)
                .findFirst()
                .orElseThrow()
                .url();
    }

    void advance(Duration by) {
        simulation.world().clock().advance(by);
    }

    FaultScope begin(String id, String name, Map<String, String> arguments) {
        FaultRule rule = FaultRule.on(Match.system("reaper")).named(id).inject(new DomainFault(name, arguments));
        return simulation.world().faults().add(rule);
    }

    /** What came back; header names in lower case, the body decoded. */
    record Answer(int status, Map<String, List<String>> headers, String body) {
        Optional<String> header(String name) {
            return headers.getOrDefault(name, List.of()).stream().findFirst();
        }

        /** Status and body: {@code 409 repair run must first be paused}. */
        String text() {
            return body.isEmpty() ? Integer.toString(status) : status + " " + body;
        }
    }

    /** A request that is sent as it stands. */
    Answer send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = HTTP.send(request, BodyHandlers.ofByteArray());
            byte[] body = response.body();
            if (response.headers().firstValue("content-encoding").equals(Optional.of("gzip"))) {
                body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
            }
            return new Answer(
                    response.statusCode(), response.headers().map(), new String(body, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(request.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(request.toString(), e);
        }
    }

    /** {@code GET /cluster}, with header fields. */
    Answer ask(String methodAndTarget, Map<String, String> headers) {
        return ask(url(), methodAndTarget, headers, "");
    }

    Answer ask(URI node, String methodAndTarget, Map<String, String> headers, String body) {
        int blank = methodAndTarget.indexOf(' ');
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node + methodAndTarget.substring(blank + 1)))
                .timeout(GIVE_UP)
                .method(
                        methodAndTarget.substring(0, blank),
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request.build());
    }

    Answer ask(String methodAndTarget) {
        return ask(methodAndTarget, Map.of());
    }

    /** {@code GET /cluster} to {@code 200 ["test"]}. */
    String say(String methodAndTarget) {
        return ask(methodAndTarget).text();
    }

    /** Whether all that was answered is something that the OpenAPI document allows. */
    void checkDocument() {
        DOCUMENT.check(simulation.world().journal());
    }

    @Override
    public void close() {
        simulation.close();
    }
}

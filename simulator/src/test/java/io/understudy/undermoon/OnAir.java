package io.understudy.undermoon;

import io.understudy.Simulation;
import io.understudy.Understudy;
import io.understudy.WorldBuilder;
import io.understudy.fault.FaultScope;
import io.understudy.journal.Exchange;
import io.understudy.journal.Happening;
import io.understudy.world.ClockMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** A broker on the air and a plain client. Time stands still until it is advanced; nothing is gzipped. */
final class OnAir implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Simulation simulation;

    OnAir(UndermoonPreset preset, String... knobs) {
        WorldBuilder builder = Understudy.world()
                .system("undermoon")
                .clock(ClockMode.manual())
                .preset(preset)
                .set("undermoon.gzip", "never");
        for (String knob : knobs) {
            int equals = knob.indexOf('=');
            builder.set("undermoon." + knob.substring(0, equals), knob.substring(equals + 1));
        }
        simulation = builder.start();
    }

    Simulation simulation() {
        return simulation;
    }

    UndermoonSimulator undermoon() {
        return simulation.simulator(UndermoonSimulator.class);
    }

    void advance(Duration by) {
        simulation.world().clock().advance(by);
    }

    /** Status and body: {@code 409 {"error":"RETRY"}}. */
    String send(String method, String path, String body) {
        try {
            return text(client.send(request(method, path, body), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code GET /epoch}. */
    String send(String methodAndPath) {
        int blank = methodAndPath.indexOf(' ');
        return send(methodAndPath.substring(0, blank), methodAndPath.substring(blank + 1), "");
    }

    CompletableFuture<String> begin(String method, String path) {
        return client.sendAsync(request(method, path, ""), BodyHandlers.ofString())
                .thenApply(OnAir::text);
    }

    private HttpRequest request(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(undermoon().baseUrl() + "/api/v3" + path))
                .timeout(Duration.ofSeconds(30));
        return body.isEmpty()
                ? request.method(method, HttpRequest.BodyPublishers.noBody()).build()
                : request.header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
    }

    private static String text(HttpResponse<String> response) {
        return response.body().isEmpty()
                ? Integer.toString(response.statusCode())
                : response.statusCode() + " " + response.body();
    }

    /** Does something while a fault is in force. */
    static void during(FaultScope fault, Runnable action) {
        action.run();
        fault.close();
    }

    /** Status and body of everything that was answered. */
    List<String> replies() {
        return simulation.world().journal().entries().stream()
                .filter(Exchange.class::isInstance)
                .map(entry -> ((Exchange) entry).reply())
                .filter(Objects::nonNull)
                .map(reply -> reply.status() + " " + reply.body().text())
                .toList();
    }

    /** What happened by itself or by a control: type and details. */
    List<String> events() {
        return simulation.world().journal().entries().stream()
                .filter(Happening.class::isInstance)
                .map(entry -> ((Happening) entry).event())
                .map(event -> event.type() + " " + event.details())
                .toList();
    }

    /** {@code 409 {"error":"RETRY"}}. */
    static String refusal(int status, String code) {
        return status + " {\"error\":\"" + code + "\"}";
    }

    @Override
    public void close() {
        simulation.close();
    }
}

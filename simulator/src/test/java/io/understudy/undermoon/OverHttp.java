package io.understudy.undermoon;

import io.understudy.Simulation;
import io.understudy.journal.Bytes;
import io.understudy.journal.Headers;
import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** A running broker, talked to through a socket. */
final class OverHttp implements Client {
    private final Simulation simulation;
    private final URI broker;
    private final HttpClient http;

    OverHttp(Simulation simulation, HttpClient http) {
        this.simulation = simulation;
        this.broker = simulation.simulator(UndermoonSimulator.class).baseUrl();
        this.http = http;
    }

    @Override
    public Sent send(Request request) {
        HttpRequest.Builder outgoing = HttpRequest.newBuilder(
                        URI.create("http://" + broker.getAuthority() + request.target()))
                .method(
                        request.method(),
                        request.body().size() == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(
                                        request.body().toArray()));
        request.headers().fields().forEach(field -> outgoing.header(field.name(), field.value()));
        Reply reply = exchange(outgoing.build());
        return new Sent() {
            @Override
            public Optional<Reply> reply() {
                return Optional.of(reply);
            }

            @Override
            public void hangUp() {
                throw new UnsupportedOperationException("has been answered");
            }
        };
    }

    private Reply exchange(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            Headers headers = Headers.NONE;
            for (String name : response.headers().map().keySet()) {
                headers = headers.with(name, response.headers().firstValue(name).orElseThrow());
            }
            boolean gzip =
                    headers.first("content-encoding").filter("gzip"::equals).isPresent();
            return new Reply(
                    response.statusCode(),
                    null,
                    headers,
                    Bytes.of(gzip ? unzipped(response.body()) : response.body()),
                    gzip ? Reply.Framing.CHUNKED : Reply.Framing.LENGTH,
                    gzip);
        } catch (IOException e) {
            throw new AssertionError(request.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(request.toString(), e);
        }
    }

    private static byte[] unzipped(byte[] body) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readAllBytes();
        }
    }

    @Override
    public void advance(Duration by) {
        simulation.world().clock().advance(by);
    }
}

package io.understudy.http;

import io.understudy.journal.Bytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one HTTP client of the process; it comes into being with its first request, since few worlds ever send one. */
final class OutboundClient implements Outbound {
    /** Receivers are near; whoever does not take a connection by then is down. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /** Long enough for a large store, short enough that nothing piles up behind a receiver that hangs. */
    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(5);

    /** Requests to one address stay in their order, since they go down the same lane; one that hangs holds up only its lane. */
    private static final int LANES = 4;

    /** Requests that wait in a lane; each holds its body, which may be a whole store, in memory. */
    private static final int MAX_WAITING = 16;

    /** How long a lane's thread is kept without work. */
    private static final int IDLE_SECONDS = 10;

    private static final Logger log = LoggerFactory.getLogger(OutboundClient.class);
    private static final OutboundClient SHARED = new OutboundClient();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final List<Executor> lanes =
            Stream.generate(OutboundClient::lane).limit(LANES).toList();

    private OutboundClient() {}

    static OutboundClient shared() {
        return SHARED;
    }

    private static Executor lane() {
        ThreadPoolExecutor lane = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), work -> {
                    Thread thread = new Thread(work, "understudy-outbound");
                    thread.setDaemon(true);
                    return thread;
                });
        lane.allowCoreThreadTimeOut(true);
        return lane;
    }

    @Override
    public void send(String method, String url, String contentType, Bytes body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(REPLY_TIMEOUT)
                    .header("Content-Type", contentType)
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(body.toArray()))
                    .build();
            lanes.get(Math.floorMod(url.hashCode(), LANES)).execute(() -> send(request));
        } catch (IllegalArgumentException e) {
            log.warn("{} {} cannot be sent: {}", method, url, e.getMessage());
        } catch (RejectedExecutionException e) {
            log.warn("{} {} is not sent: too many requests wait before it", method, url);
        }
    }

    private void send(HttpRequest request) {
        try {
            HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (reply.statusCode() >= 300) {
                log.warn("{} {} was answered {} {}", request.method(), request.uri(), reply.statusCode(), reply.body());
            }
        } catch (IOException e) {
            log.warn("{} {} failed: {}", request.method(), request.uri(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

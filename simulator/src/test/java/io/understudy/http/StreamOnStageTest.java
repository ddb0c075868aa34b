package io.understudy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.understudy.fault.ResetMidReply;
import io.understudy.world.ClockMode;
import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams byte by byte. */
class StreamOnStageTest {
    private static final String FIELDS = "content-type: text/event-stream\r\n";
    private static final String HEAD = "HTTP/1.1 200 OK\r\n" + FIELDS + "transfer-encoding: chunked\r\n\r\n";
    private static final String SIXTY_FOUR_K = "x".repeat(64 << 10);

    private final CounterWorld world = new CounterWorld(ClockMode.manual());
    private final Stage stage = new Stage();
    private Door door;
    private RawClient client;

    @BeforeEach
    void open() throws IOException {
        door = (Door) stage.listen("127.0.0.1", 0, world.radioSite, world.gateway);
        client = new RawClient(door);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        door.close();
    }

    private void listeners(int count) {
        await().atMost(10, TimeUnit.SECONDS).until(() -> world.radio.listeners().size() == count);
    }

    @Test
    void everyPartIsAChunkAndTheConnectionStaysUsable() throws IOException {
        assertThat(client.get("/listen").read(HEAD.length())).isEqualTo(HEAD);
        world.radio.say("one");
        assertThat(client.read(8)).isEqualTo("3\r\none\r\n");
        world.radio.say("0123456789abcdef0");
        assertThat(client.read(23)).isEqualTo("11\r\n0123456789abcdef0\r\n");
        world.radio.end();
        assertThat(client.read(5)).isEqualTo("0\r\n\r\n");

        assertThat(client.get("/short").readThrough("0\r\n\r\n")).isEqualTo(HEAD + "5\r\nhello\r\n0\r\n\r\n");
        assertThat(client.get("/hello").read(HEAD.length() + 10)).isEqualTo(HEAD + "5\r\nhello\r\n");
    }

    @Test
    void aPipelinedRequestWaitsForTheEndOfTheStream() throws IOException {
        client.get("/listen").get("/short");
        assertThat(client.read(HEAD.length())).isEqualTo(HEAD);
        world.radio.say("one");
        world.radio.end();

        assertThat(client.read(13 + HEAD.length())).isEqualTo("3\r\none\r\n0\r\n\r\n" + HEAD);
        assertThat(world.radio.abandoned).isEmpty();
    }

    @Test
    void anHttp10ClientGetsThePartsAsTheyAreUpToTheEndOfTheConnection() throws IOException {
        client.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        listeners(1);
        world.radio.say("one");
        world.radio.say("two");
        world.radio.end();

        assertThat(client.readToEnd()).isEqualTo("HTTP/1.0 200 OK\r\n" + FIELDS + "\r\nhelloonetwo");
    }

    @Test
    void whoeverWantsTheConnectionToEndGetsTheLastChunkBefore() throws IOException {
        client.send("GET /short HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(client.readToEnd()).isEqualTo(HEAD + "5\r\nhello\r\n0\r\n\r\n");
    }

    @Test
    void aHeadRequestGetsTheHeadAndNothingMore() throws IOException {
        client.send("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n").get("/short");

        assertThat(client.readThrough("0\r\n\r\n")).isEqualTo(HEAD + HEAD + "5\r\nhello\r\n0\r\n\r\n");
    }

    @Test
    void manyPartsReachEveryListenerInOrder() throws IOException {
        String expected = IntStream.range(0, 2_000)
                .mapToObj(i -> "4\r\n" + (i + 1_000) + "\r\n")
                .reduce("", String::concat);
        try (RawClient other = new RawClient(door)) {
            client.get("/listen");
            other.get("/listen");
            listeners(2);
            for (int i = 0; i < 2_000; i++) {
                world.radio.say("" + (i + 1_000));
            }

            assertThat(client.read(HEAD.length() + expected.length())).isEqualTo(HEAD + expected);
            assertThat(other.read(HEAD.length() + expected.length())).isEqualTo(HEAD + expected);
        }
    }

    @Test
    void aClientThatLeavesIsNoticedWhileNothingIsSent() throws IOException {
        client.get("/listen").read(HEAD.length());
        client.close();

        listeners(0);
        assertThat(world.radio.abandoned).containsExactly(1L);
        assertThat(world.lastExchange().fate()).containsExactly("streamed 0 parts, 0 bytes", "the client went away");
        assertThat(door.connections()).isZero();
    }

    @Test
    void aResetOfTheWorldEndsTheConnectionWithoutALastChunk() throws IOException {
        client.get("/hello");
        listeners(1);
        world.kernel.reset();

        assertThat(client.readToEnd()).isEqualTo(HEAD + "5\r\nhello\r\n");
    }

    @Test
    void aServerThatGoesAwayHasSentAllBefore() throws IOException {
        client.get("/listen");
        listeners(1);
        world.radio.say("one");
        world.radio.drop();

        assertThat(client.readToEnd()).isEqualTo(HEAD + "3\r\none\r\n");
    }

    @Test
    void aClientThatDoesNotReadIsCutOff() throws IOException {
        client.get("/listen");
        try (RawClient quick = new RawClient(door)) {
            quick.get("/listen").read(HEAD.length());
            listeners(2);
            // sockets take a few megabytes themselves before anything waits
            for (int i = 0; i < 2_000 && world.radio.listeners().size() == 2; i++) {
                world.radio.say(SIXTY_FOUR_K);
                quick.read(5 + 2 + SIXTY_FOUR_K.length() + 2);
            }
            assertThat(world.radio.abandoned).hasSize(1);
            world.radio.say("on air");

            assertThat(quick.read(11)).isEqualTo("6\r\non air\r\n");
            assertThat(client.readToEnd()).startsWith(HEAD).doesNotEndWith("0\r\n\r\n");
        }
    }

    @Test
    void aTornStreamEndsInTheMiddleOfItsFirstPart() throws IOException {
        world.inject(new ResetMidReply(0.5));
        assertThat(client.get("/listen").read(HEAD.length())).isEqualTo(HEAD);
        world.radio.say("one");

        assertThatThrownBy(client::readToEnd).isInstanceOf(SocketException.class);
        assertThat(world.radio.listeners()).isEmpty();
    }

    @Test
    void closingTheListenerAbandonsItsStreams() throws IOException {
        client.get("/listen").read(HEAD.length());
        door.close();

        assertThat(client.readToEnd()).isEmpty();
        assertThat(world.radio.abandoned).containsExactly(1L);
    }

    @Test
    void aStreamMayBeQuietForAsLongAsItLikesButNotAReader() {
        Backstage backstage = new Backstage();
        try {
            ByteArrayEndPoint roomy = new ByteArrayEndPoint("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n", 1_000);
            SiteConnection quiet = connect(roomy, backstage);
            assertThat(roomy.getOutputString()).isEqualTo(HEAD + "5\r\nhello\r\n");
            assertThat(quiet.onIdleExpired(new TimeoutException())).isFalse();
            world.radio.end();
            assertThat(quiet.onIdleExpired(new TimeoutException()))
                    .as("no exchange any more")
                    .isTrue();

            ByteArrayEndPoint narrow = new ByteArrayEndPoint("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n", 20);
            SiteConnection stuck = connect(narrow, backstage);
            assertThat(narrow.getOutputString()).isEqualTo(HEAD.substring(0, 20));
            assertThat(stuck.onIdleExpired(new TimeoutException())).isTrue();
        } finally {
            backstage.stop();
        }
    }

    private SiteConnection connect(ByteArrayEndPoint endPoint, Backstage backstage) {
        SiteConnection connection = new SiteConnection(endPoint, door, world.radioSite, world.gateway, backstage);
        endPoint.setConnection(connection);
        connection.onOpen();
        return connection;
    }
}

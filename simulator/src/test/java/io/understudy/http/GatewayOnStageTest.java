package io.understudy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.understudy.fault.Fault;
import io.understudy.fault.FaultRule;
import io.understudy.fault.Faults;
import io.understudy.fault.FixedDelay;
import io.understudy.fault.ResetMidReply;
import io.understudy.journal.Exchange;
import io.understudy.journal.Journal;
import io.understudy.journal.Match;
import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import io.understudy.world.ClockMode;
import io.understudy.world.Kernel;
import io.understudy.world.WallClock;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stage with a real world behind it. */
class GatewayOnStageTest {
    private static final String REPLY =
            "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 10\r\n\r\n0123456789";

    private final Stage stage = new Stage();
    private Kernel kernel;
    private Journal journal;
    private Faults faults;
    private Gateway gateway;
    private Listener listener;

    private RawClient connect(ClockMode mode, Fault fault) throws IOException {
        kernel = new Kernel(1, Kernel.DEFAULT_START, mode, WallClock.system());
        journal = new Journal(kernel);
        faults = new Faults(kernel);
        gateway = new Gateway(kernel, journal, faults, stage.alarm());
        kernel.add(journal);
        kernel.add(faults);
        kernel.add(gateway);
        faults.add(FaultRule.on(Match.ANY).first(1).inject(fault));
        Reply reply = FakeIntake.text("0123456789");
        listener = stage.listen(
                "127.0.0.1",
                0,
                new Site("test", "node", new Api() {
                    @Override
                    public List<Endpoint> endpoints() {
                        return List.of();
                    }

                    @Override
                    public Route route(String node, Request request) {
                        return new Route("test.get", Map.of(), call -> Answer.now(reply));
                    }

                    @Override
                    public HttpTraits traits() {
                        return Sites.BARE;
                    }
                }),
                gateway);
        return new RawClient(listener);
    }

    @AfterEach
    void close() {
        listener.close();
    }

    private void aReplyIsHeld() {
        await().atMost(10, TimeUnit.SECONDS).until(() -> gateway.held() == 1);
    }

    @Test
    void aDelayedReplyLeavesWhenTheClockHasPassedIt() throws Exception {
        try (RawClient client = connect(new ClockMode.Manual(), new FixedDelay(Duration.ofDays(1)))) {
            client.get("/");
            aReplyIsHeld();

            kernel.clock().advance(Duration.ofDays(1));

            assertThat(client.read(REPLY.length())).isEqualTo(REPLY);
            assertThat(client.get("/").read(REPLY.length())).isEqualTo(REPLY);
        }
    }

    @Test
    void aDelayedReplyLeavesByItselfInRealTime() throws Exception {
        try (RawClient client = connect(new ClockMode.Real(1_000), new FixedDelay(Duration.ofSeconds(20)))) {
            assertThat(client.get("/").read(REPLY.length())).isEqualTo(REPLY);
        }
    }

    @Test
    void aClientThatDoesNotWaitForItsDelayedReplyIsInTheJournal() throws Exception {
        try (RawClient client = connect(new ClockMode.Manual(), new FixedDelay(Duration.ofDays(1)))) {
            client.get("/");
            aReplyIsHeld();
        }

        await().atMost(10, TimeUnit.SECONDS).until(() -> gateway.held() == 0);
        assertThat(journal.entries().get(0))
                .isInstanceOfSatisfying(
                        Exchange.class, exchange -> assertThat(exchange.fate()).contains("the client went away"));
    }

    @Test
    void aResetInTheMiddleOfAReplyIsSeenAsSuch() throws Exception {
        try (RawClient client = connect(new ClockMode.Manual(), new ResetMidReply(0.5))) {
            client.get("/");

            assertThatThrownBy(client::readToEnd).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void resettingTheWorldEndsWhatIsHeld() throws Exception {
        try (RawClient client = connect(new ClockMode.Manual(), new FixedDelay(Duration.ofDays(1)))) {
            client.get("/");
            aReplyIsHeld();

            kernel.reset();

            assertThat(client.readToEnd()).isEmpty();
        }
    }
}

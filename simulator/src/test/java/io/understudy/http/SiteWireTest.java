package io.understudy.http;

import static io.understudy.http.FakeIntake.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.understudy.fault.WireStep;
import io.understudy.http.FakeIntake.Taken;
import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import io.understudy.journal.Reply.Framing;
import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SiteWireTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 10\r\n\r\n";
    private static final Reply REPLY = text("0123456789");

    private final Stage stage = new Stage();
    private final FakeIntake intake = FakeIntake.holding();
    private Door door;
    private RawClient client;

    @BeforeEach
    void open() throws IOException {
        door = (Door) stage.open("127.0.0.1", 0, Sites.with(Sites.BARE), intake);
        client = new RawClient(door);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        door.close();
    }

    private void everyConnectionIsReleased() {
        await().atMost(10, TimeUnit.SECONDS).until(() -> door.connections() == 0);
    }

    @Test
    void aReplyMayComeLaterAndFromAnotherThread() throws Exception {
        client.get("/1");
        Taken first = intake.take();

        first.reply(REPLY);

        assertThat(client.read(HEAD.length() + 10)).isEqualTo(HEAD + "0123456789");
        client.get("/2");
        assertThat(intake.take().request().path()).isEqualTo("/2");
    }

    @Test
    void aPipelinedRequestWaitsUntilTheExchangeBeforeItIsOver() throws Exception {
        client.get("/1");
        Taken first = intake.take();
        client.get("/2").get("/3");

        first.reply(REPLY);

        Taken second = intake.take();
        assertThat(second.request().path()).isEqualTo("/2");
        assertThat(intake.taken).isEmpty();
        second.reply(REPLY);
        intake.take().reply(REPLY);
        assertThat(client.read(3 * (HEAD.length() + 10))).isEqualTo((HEAD + "0123456789").repeat(3));
        assertThat(intake.abandoned).isEmpty();
    }

    @Test
    void partsAreSentInOrderAndTheConnectionEndsAfterThem() throws Exception {
        client.get("/");
        Taken taken = intake.take();

        taken.carryOut(REPLY, false, new WireStep.SendHead(), new WireStep.SendBody(0, 0.3));
        assertThat(client.read(HEAD.length() + 3)).isEqualTo(HEAD + "012");
        taken.carryOut(REPLY, false, new WireStep.SendBody(0.3, 0.55));
        taken.carryOut(REPLY, true, new WireStep.SendBody(0.55, 1));

        assertThat(client.readToEnd()).isEqualTo("3456789");
        everyConnectionIsReleased();
        assertThat(intake.abandoned).isEmpty();
    }

    @Test
    void aTruncatedChunkedReplyEndsInTheMiddleOfItsChunk() throws Exception {
        client.get("/");

        intake.take()
                .carryOut(
                        REPLY.framed(Framing.CHUNKED),
                        true,
                        new WireStep.SendHead(),
                        new WireStep.SendBody(0, 0.5),
                        new WireStep.Close());

        assertThat(client.readToEnd()).endsWith("\r\n\r\na\r\n0123456");
    }

    @Test
    void theBacklogIsWhatTheClientHasNotTaken() throws Exception {
        client.get("/");
        Taken taken = intake.take();
        Bytes part = Bytes.of(new byte[16 << 20]);
        Reply head = Reply.empty(200).framed(Framing.CLOSE);

        taken.carryOut(head, false, new WireStep.SendHead(), new WireStep.SendPart(part, 1));
        taken.carryOut(head, false, new WireStep.SendPart(Bytes.utf8("more"), 1));
        assertThat(taken.wire().backlog())
                .isEqualTo((16 << 20) + Wire.PART_OVERHEAD_BYTES + 4 + Wire.PART_OVERHEAD_BYTES);

        client.readThrough("\r\n\r\n");
        client.readBytes(part.size() + 4);
        await().atMost(10, TimeUnit.SECONDS).until(() -> taken.wire().backlog() == 0);
    }

    @Test
    void aStreamThatIsNotSentWholeEndsItsConnection() throws Exception {
        Reply head = text("").framed(Framing.CHUNKED);
        String fields = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n";
        client.get("/");
        intake.take()
                .carryOut(
                        head,
                        true,
                        new WireStep.SendHead(),
                        new WireStep.SendPart(Bytes.utf8("0123"), 0.5),
                        new WireStep.SendEnd());

        assertThat(client.readToEnd()).isEqualTo(fields + "4\r\n01" + "0\r\n\r\n");
        try (RawClient another = new RawClient(door)) {
            another.get("/");
            intake.take().carryOut(head, true, new WireStep.SendHead(), new WireStep.SendPart(Bytes.utf8("01"), 1));

            assertThat(another.readToEnd()).isEqualTo(fields + "2\r\n01\r\n");
        }
    }

    @Test
    void toHeadNoPartFollowsNorAnEnd() throws Exception {
        Reply head = text("").framed(Framing.CHUNKED);
        client.send("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        intake.take()
                .carryOut(
                        head,
                        true,
                        new WireStep.SendHead(),
                        new WireStep.SendPart(Bytes.utf8("part"), 1),
                        new WireStep.SendEnd());

        assertThat(client.readToEnd())
                .isEqualTo("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n");
    }

    @Test
    void rawBytesAreSentAsTheyAre() throws Exception {
        client.get("/");

        intake.take().carryOut(null, true, new WireStep.SendRaw(Bytes.of(new byte[] {1, 0, -1})), new WireStep.Close());

        assertThat(client.readBytesToEnd()).isEqualTo(new byte[] {1, 0, -1});
    }

    @Test
    void closingWithoutAReplyIsAnOrderlyEndWithoutBytes() throws Exception {
        client.get("/");

        intake.take().carryOut(null, true, new WireStep.Close());

        assertThat(client.readToEnd()).isEmpty();
        everyConnectionIsReleased();
    }

    @Test
    void aResetIsSeenAsSuch() throws Exception {
        client.get("/");

        intake.take().carryOut(null, true, new WireStep.Reset());

        assertThatThrownBy(() -> client.readToEnd())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
        everyConnectionIsReleased();
    }

    @Test
    void aResetMayComeAfterHalfTheReply() throws Exception {
        client.get("/");
        Taken taken = intake.take();

        taken.carryOut(REPLY, false, new WireStep.SendHead(), new WireStep.SendBody(0, 0.5));
        assertThat(client.read(HEAD.length() + 5)).isEqualTo(HEAD + "01234");
        taken.carryOut(REPLY, true, new WireStep.Reset());

        assertThatThrownBy(() -> client.readToEnd())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    @Test
    void whoeverHangsUpOnAHangIsNoticed() throws Exception {
        client.get("/");
        Taken taken = intake.take();
        taken.carryOut(null, true, new WireStep.Hang());

        client.close();

        assertThat(intake.abandoned.poll(10, TimeUnit.SECONDS)).isSameAs(taken.wire());
        everyConnectionIsReleased();
    }

    @Test
    void whoeverLeavesAHeldExchangeIsNoticed() throws Exception {
        client.get("/");
        Taken taken = intake.take();

        client.close();

        assertThat(intake.abandoned.poll(10, TimeUnit.SECONDS)).isSameAs(taken.wire());
        everyConnectionIsReleased();
        taken.reply(REPLY);
    }

    @Test
    void whoeverLeavesWithAResetIsNoticedToo() throws Exception {
        client.get("/");
        Taken taken = intake.take();

        client.socket().setSoLinger(true, 0);
        client.close();

        assertThat(intake.abandoned.poll(10, TimeUnit.SECONDS)).isSameAs(taken.wire());
        everyConnectionIsReleased();
    }

    @Test
    void whoeverLeavesAfterPipeliningIsNoticedToo() throws Exception {
        client.get("/1");
        Taken taken = intake.take();

        client.get("/2").close();

        assertThat(intake.abandoned.poll(10, TimeUnit.SECONDS)).isSameAs(taken.wire());
        everyConnectionIsReleased();
        assertThat(intake.taken).isEmpty();
    }

    @Test
    void aDroppedExchangeEndsTheConnectionAndIsNotReportedBack() throws Exception {
        client.get("/");
        Taken taken = intake.take();

        taken.wire().drop();

        assertThat(client.readToEnd()).isEmpty();
        everyConnectionIsReleased();
        assertThat(intake.abandoned).isEmpty();
    }

    @Test
    void aReplyIsNeededToSendOneAndPausesAreNotForTheWire() throws Exception {
        client.get("/");
        Taken taken = intake.take();

        assertThatThrownBy(() -> taken.carryOut(null, true, new WireStep.SendHead()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> taken.carryOut(null, true, new WireStep.Pause(java.time.Duration.ZERO)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIntakeThatFailsCostsItsConnectionAndNoOther() throws Exception {
        FakeIntake failing = FakeIntake.answering(taken -> {
            if (taken.request().path().equals("/bad")) {
                throw new IllegalStateException("on purpose");
            }
            return REPLY;
        });
        try (Listener other = stage.open("127.0.0.1", 0, Sites.with(Sites.BARE), failing);
                RawClient bad = new RawClient(other);
                RawClient good = new RawClient(other)) {
            assertThat(bad.get("/bad").readToEnd()).isEmpty();
            assertThat(good.get("/").read(HEAD.length())).isEqualTo(HEAD);
        }
    }
}

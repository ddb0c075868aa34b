package io.understudy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.understudy.fault.WireStep;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StageTest {
    private final Stage stage = new Stage();

    private Listener open(int port, Intake intake) throws Exception {
        return stage.open("127.0.0.1", port, Sites.with(Sites.BARE), intake);
    }

    private static long ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("understudy"))
                .filter(thread -> !thread.getName().equals("understudy-outbound")) // another test's, not the stage's
                .count();
    }

    /** The scheduler's thread was told to end and takes a moment for it. */
    private static void noThreadOfOursIsLeft() {
        await().atMost(10, TimeUnit.SECONDS).until(() -> ourThreads() == 0);
    }

    @Test
    void aListenerTellsItsUrl() throws Exception {
        try (Listener listener = open(0, FakeIntake.echoing())) {
            assertThat(listener.port()).isPositive();
            assertThat(listener.url()).isEqualTo("http://127.0.0.1:" + listener.port());
        }
    }

    @Test
    void listenersOfOneStageAnswerForThemselves() throws Exception {
        try (Listener a = open(0, FakeIntake.answering(taken -> FakeIntake.text("a")));
                Listener b = open(0, FakeIntake.answering(taken -> FakeIntake.text("b")));
                RawClient toA = new RawClient(a);
                RawClient toB = new RawClient(b)) {
            assertThat(toA.get("/").readThrough("\r\n\r\na")).endsWith("\r\n\r\na");
            assertThat(toB.get("/").readThrough("\r\n\r\nb")).endsWith("\r\n\r\nb");
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (Listener first = open(0, FakeIntake.echoing())) {
            assertThatThrownBy(() -> open(first.port(), FakeIntake.echoing()))
                    .isInstanceOfSatisfying(PortTakenException.class, e -> {
                        assertThat(e.bind()).isEqualTo("127.0.0.1");
                        assertThat(e.port()).isEqualTo(first.port());
                    })
                    .hasMessage("port " + first.port() + " on 127.0.0.1 is in use");
        }
    }

    @Test
    void aClosedPortRefusesAndCanBeOpenedAgainAtOnce() throws Exception {
        try (Listener another = open(0, FakeIntake.echoing())) {
            Listener listener = open(0, FakeIntake.echoing());
            for (int i = 0; i < 20; i++) {
                int port = listener.port();
                try (RawClient client = new RawClient(listener)) {
                    assertThat(client.get("/").read(12)).isEqualTo("HTTP/1.1 200");
                }
                listener.close();
                Listener gone = listener;
                assertThatThrownBy(() -> new RawClient(gone)).isInstanceOf(ConnectException.class);
                listener = open(port, FakeIntake.echoing());
            }
            listener.close();
            assertThat(another.port()).isPositive();
        }
    }

    @Test
    void twoHundredListenersNeedNoMoreThreadsThanOne() throws Exception {
        List<Listener> listeners = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Listener listener = open(0, FakeIntake.echoing());
                listeners.add(listener);
                try (RawClient client = new RawClient(listener)) {
                    assertThat(client.get("/").read(12)).isEqualTo("HTTP/1.1 200");
                }
            }
            // a thread per listener, or two, would be hundreds; how many run depends on how busy the machine is
            assertThat(ourThreads()).isLessThan(20);
        } finally {
            listeners.forEach(Listener::close);
        }
    }

    @Test
    void noThreadIsLeftWhenTheLastListenerHasClosed() throws Exception {
        open(0, FakeIntake.echoing()).close();

        noThreadOfOursIsLeft();
    }

    @Test
    void aListenerThatCannotBeOpenedLeavesNoThreadEither() {
        assertThatThrownBy(() -> stage.open("192.0.2.1", 0, Sites.with(Sites.BARE), FakeIntake.echoing()))
                .isInstanceOf(java.io.IOException.class);

        noThreadOfOursIsLeft();
    }

    @Test
    void closingEndsHungHeldAndIdleConnections() throws Exception {
        FakeIntake intake = FakeIntake.holding();
        Door door = (Door) open(0, intake);
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            clients.add(new RawClient(door).get("/" + i));
        }
        for (int i = 0; i < 25; i++) {
            intake.take().carryOut(null, true, new WireStep.Hang());
        }
        for (int i = 0; i < 25; i++) {
            intake.take();
        }
        RawClient idle = new RawClient(door);
        clients.add(idle);
        await().atMost(10, TimeUnit.SECONDS).until(() -> door.connections() == 51);

        door.close();

        assertThat(door.connections()).isZero();
        assertThat(intake.abandoned).hasSize(50);
        for (RawClient client : clients) {
            assertThat(client.readToEnd()).isEmpty();
            client.close();
        }
        noThreadOfOursIsLeft();
    }

    @Test
    void anAlarmRingsWhileTheStageIsOpenAndCanBeTakenBack() throws Exception {
        try (Listener listener = open(0, FakeIntake.echoing())) {
            CountDownLatch rang = new CountDownLatch(1);
            CountDownLatch takenBack = new CountDownLatch(1);
            stage.alarm().in(Duration.ofMillis(20), takenBack::countDown).cancel();
            stage.alarm().in(Duration.ofMillis(40), rang::countDown);

            assertThat(rang.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(takenBack.getCount()).isEqualTo(1);
            assertThat(listener.port()).isPositive();
        }
    }

    @Test
    void anAlarmOfAClosedStageDoesNotRing() {
        CountDownLatch rang = new CountDownLatch(1);

        stage.alarm().in(Duration.ZERO, rang::countDown).cancel();

        assertThat(rang.getCount()).isEqualTo(1);
    }
}

package io.understudy.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.world.ClockMode;
import io.understudy.world.Kernel;
import io.understudy.world.Tally;
import java.time.Duration;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotJsonTest {
    private final Kernel kernel = new Kernel(42, Kernel.DEFAULT_START, ClockMode.manual(), () -> 0);
    private final Tally tally = Tally.in(kernel);

    @BeforeEach
    void aWorldWithAPast() {
        tally.add(3);
        tally.plan(Duration.ofMinutes(1), new Tally.Add(4));
        tally.plan(Duration.ofMinutes(2), new Tally.Boom());
        kernel.step(() -> kernel.entropy().stream("a").nextLong());
    }

    @Test
    void aSnapshotIsReadableJson() {
        assertThat(json())
                .isEqualTo(
                        "{\"version\":1,\"seed\":42,\"now\":\"2026-01-01T00:00:00Z\",\"mode\":\"manual\",\"nextSequence\":2,"
                                + "\"pending\":[{\"at\":\"2026-01-01T00:01:00Z\",\"sequence\":0,\"part\":\"tally\",\"kind\":\"Add\","
                                + "\"event\":{\"amount\":4}},{\"at\":\"2026-01-01T00:02:00Z\",\"sequence\":1,\"part\":\"tally\","
                                + "\"kind\":\"Boom\",\"event\":{}}],\"streams\":{\"a\":\"" + position() + "\"},"
                                + "\"parts\":{\"tally\":{\"total\":3,\"lines\":[]}}}");
    }

    @Test
    void whatIsNoSnapshotIsToldWhereAndHow() {
        refused("[]").hasMessage("this is no snapshot of a world: the member 'version' is missing or no number");
        refused("{\"version\": 2, \"what\": 1}")
                .hasMessage("the snapshot is of version 2; this release reads version 1");
        refused("{\"version\": 1").hasMessageStartingWith("at line 1, column ");
        refused(json().replace("\"nextSequence\":2,", "")).hasMessage("the member 'nextSequence' is missing");
        refused(json().replace("\"now\":\"2026-01-01T00:00:00Z\"", "\"now\":\"noon\""))
                .hasMessage("at /now: 'noon' is no instant; write 2026-01-01T00:00:00Z");
        refused(json().replace("\"total\":3", "\"total\":\"three\""))
                .hasMessage("at /parts/tally/total: wanted a whole number, found a text");
        refused(json().replace("\"total\":3,", "")).hasMessage("at /parts/tally: the member 'total' is missing");
        refused(json().replace("{\"amount\":4}", "{\"amount\":4.5}"))
                .hasMessage("at /pending/0/event/amount: wanted a whole number, found a number with a fraction");
        refused(json().replace("\"Boom\"", "\"Bang\""))
                .hasMessage("at /pending/1/kind: tally has no event 'Bang'; it has [Add, Again, Boom]");
        refused(json().replace("\"parts\":{\"tally\"", "\"parts\":{\"telly\""))
                .hasMessage("at /parts: the world has no part named telly; it has [tally]");
        refused(json().replace(position(), "xyz"))
                .hasMessage("at /streams/a: 'xyz' is no position; it is up to 16 hexadecimal digits");
    }

    private String position() {
        return String.format("%016x", kernel.snapshot().streams().get("a"));
    }

    private String json() {
        return SnapshotJson.write(kernel.snapshot());
    }

    private AbstractThrowableAssert<?, ?> refused(String json) {
        return assertThatThrownBy(() -> SnapshotJson.read(json, kernel)).isInstanceOf(BadJson.class);
    }
}

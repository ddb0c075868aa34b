package io.understudy.control;

import static io.understudy.control.ControlApi.json;

import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A world's state as a whole. */
final class StateOperations {
    private StateOperations() {}

    /** The body of {@code POST /reset}. */
    record Resetting(@Nullable Long seed) {}

    /** What {@code POST /reset} says. */
    record Begun(long seed, Instant now) {}

    static Reply snapshot(ControlCall call) {
        return Reply.of(200, "application/json", Bytes.utf8(call.world().snapshotJson()));
    }

    static Reply restore(ControlCall call) {
        call.world().restoreJson(call.body());
        return ControlApi.nothing();
    }

    static Reply ofSystem(ControlCall call) {
        return json(call.world().state(call.system().name()));
    }

    static Reply reset(ControlCall call) {
        Long seed = call.hasBody() ? call.body(Resetting.class).seed() : null;
        if (seed == null) {
            call.world().reset();
        } else {
            call.world().reset(seed);
        }
        return json(new Begun(call.world().seed(), call.world().clock().now()));
    }
}

package io.understudy.control;

import static io.understudy.control.ControlApi.json;

import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import io.understudy.world.WallClock;
import java.util.Map;

/** What is about the server and not about a world. */
final class ServerOperations {
    private final WallClock wall;
    private final long begun;

    ServerOperations(WallClock wall) {
        this.wall = wall;
        this.begun = wall.nanos();
    }

    Reply health(ControlCall call) {
        return json(Map.of("status", "up"));
    }

    Reply metrics(ControlCall call) {
        String text = Metrics.of(call.worlds(), (wall.nanos() - begun) / 1e9);
        return Reply.of(200, Metrics.MEDIA_TYPE, Bytes.utf8(text));
    }

    Reply openApi(ControlCall call) {
        return json(OpenApi.document());
    }
}

package io.understudy.control;

import static io.understudy.control.ControlApi.json;

import io.understudy.journal.Reply;
import java.util.List;

/** More worlds, each on ports of its own. */
final class WorldsOperations {
    private WorldsOperations() {}

    /** A world on the air. */
    record Listed(String id, long seed, List<SystemOperations.OnTheAir> systems) {
        static Listed of(Worlds.Open open) {
            return new Listed(
                    open.id(), open.simulation().world().seed(), SystemOperations.onTheAir(open.simulation()));
        }
    }

    static Reply list(ControlCall call) {
        return json(call.worlds().all().stream().map(Listed::of).toList());
    }

    static Reply show(ControlCall call) {
        return json(Listed.of(call.open()));
    }

    static Reply start(ControlCall call) {
        WorldPlan plan = call.hasBody() ? call.body(WorldPlan.class) : WorldPlan.DEFAULT;
        Worlds.Open open = call.worlds().start(plan);
        return json(201, Listed.of(open)).with("Location", "/worlds/" + open.id());
    }

    static Reply delete(ControlCall call) {
        String id = call.open().id();
        if (id.equals(Worlds.DEFAULT_ID)) {
            throw Problem.of(
                            409,
                            "the default world stays as long as the server; POST /reset takes it back to its beginning")
                    .refused();
        }
        call.worlds().delete(id);
        return ControlApi.nothing();
    }
}

package io.understudy.control;

import static io.understudy.control.ControlApi.json;

import io.understudy.fault.FaultRule;
import io.understudy.journal.Reply;
import java.util.Map;

/** Fault rules over HTTP. */
final class FaultOperations {
    private FaultOperations() {}

    static Reply list(ControlCall call) {
        return json(call.world().faults().rules());
    }

    static Reply add(ControlCall call) {
        FaultRule rule = call.body(FaultRule.class);
        try {
            return json(201, Map.of("id", call.world().faults().add(rule).id()));
        } catch (IllegalStateException e) {
            throw Problem.of(409, String.valueOf(e.getMessage())).refused(); // there are as many as there may be
        }
    }

    static Reply clear(ControlCall call) {
        call.world().faults().clear();
        return ControlApi.nothing();
    }

    static Reply remove(ControlCall call) {
        String id = call.parameter("id");
        if (!call.world().faults().remove(id)) {
            throw Problem.of(404, "there is no fault rule '" + id + "'; GET /faults lists those there are")
                    .refused();
        }
        return ControlApi.nothing();
    }
}

package io.understudy.control;

import io.understudy.world.WallClock;
import java.util.ArrayList;
import java.util.List;

/** Every operation of the control API, in the order in which its documentation lists them. */
final class Operations {
    private final List<Operation> table = new ArrayList<>();

    private Operations() {}

    static List<Operation> all() {
        Operations operations = new Operations();
        ServerOperations server = new ServerOperations(WallClock.system());
        operations.ofServer("GET", "/health", server::health);
        operations.ofServer("GET", "/metrics", server::metrics);
        operations.ofServer("GET", "/openapi.json", server::openApi);

        operations.ofWorld("GET", "/systems", SystemOperations::list);
        operations.ofWorld("GET", "/systems/{system}", SystemOperations::describe);
        operations.ofWorld("POST", "/systems/{system}/actions/{action}", SystemOperations::act);

        operations.ofWorld("GET", "/clock", ClockOperations::show);
        operations.ofWorld("PUT", "/clock", ClockOperations::setMode);
        operations.ofWorld("POST", "/clock/advance", ClockOperations::advance);

        operations.ofWorld("GET", "/faults", FaultOperations::list);
        operations.ofWorld("POST", "/faults", FaultOperations::add);
        operations.ofWorld("DELETE", "/faults", FaultOperations::clear);
        operations.ofWorld("DELETE", "/faults/{id}", FaultOperations::remove);

        operations.ofWorld("GET", "/journal", JournalOperations::list, JournalOperations.QUERY);
        operations.ofWorld("DELETE", "/journal", JournalOperations::clear);
        operations.ofWorld("POST", "/journal/verify", JournalOperations::verify);

        operations.ofWorld("GET", "/state", StateOperations::snapshot);
        operations.ofWorld("PUT", "/state", StateOperations::restore);
        operations.ofWorld("GET", "/state/{system}", StateOperations::ofSystem);
        operations.ofWorld("POST", "/reset", StateOperations::reset);

        operations.ofServer("GET", "/worlds", WorldsOperations::list);
        operations.ofServer("POST", "/worlds", WorldsOperations::start);
        operations.ofServer("GET", ControlApi.OF_WORLD, WorldsOperations::show);
        operations.ofServer("DELETE", ControlApi.OF_WORLD, WorldsOperations::delete);
        return List.copyOf(operations.table);
    }

    private void ofServer(String method, String path, Operation.Handling handling) {
        table.add(new Operation(method, path, false, List.of(), handling));
    }

    private void ofWorld(String method, String path, Operation.Handling handling, String... query) {
        table.add(new Operation(method, path, true, List.of(query), handling));
    }
}

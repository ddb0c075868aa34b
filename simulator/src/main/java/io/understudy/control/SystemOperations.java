package io.understudy.control;

import static io.understudy.control.ControlApi.json;

import io.understudy.Simulation;
import io.understudy.World;
import io.understudy.journal.Reply;
import io.understudy.system.Action;
import io.understudy.system.Settings;
import io.understudy.system.SystemDefinition;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The systems of a world: where they listen, how they are set, what can be done to them. */
final class SystemOperations {
    private SystemOperations() {}

    /** A system on the air. */
    record OnTheAir(String system, String profile, List<NodeOnTheAir> nodes) {}

    /** A node on the air. */
    record NodeOnTheAir(String name, URI url) {}

    /** A system as it is set in a world, and all that is known about it. */
    record Described(
            String system,
            String profile,
            String preset,
            Map<String, String> knobs,
            List<NodeOnTheAir> nodes,
            SystemDescription description) {}

    static List<OnTheAir> onTheAir(Simulation simulation) {
        World world = simulation.world();
        return world.systems().stream()
                .map(system -> new OnTheAir(
                        system.name(),
                        world.settings(system.name()).profile().name(),
                        nodes(simulation, system.name())))
                .toList();
    }

    private static List<NodeOnTheAir> nodes(Simulation simulation, String system) {
        return simulation.nodes().stream()
                .filter(node -> node.system().equals(system))
                .map(node -> new NodeOnTheAir(node.name(), node.url()))
                .toList();
    }

    static Reply list(ControlCall call) {
        return json(onTheAir(call.open().simulation()));
    }

    static Reply describe(ControlCall call) {
        SystemDefinition system = call.system();
        Settings settings = call.world().settings(system.name());
        return json(new Described(
                system.name(),
                settings.profile().name(),
                settings.preset(),
                settings.values(),
                nodes(call.open().simulation(), system.name()),
                SystemDescription.of(system)));
    }

    static Reply act(ControlCall call) {
        SystemDefinition system = call.system();
        String action = call.parameter("action");
        List<String> known = system.actions().stream().map(Action::name).toList();
        if (!known.contains(action)) {
            throw Problem.of(404, NearNames.message(system.name() + " has no action", action, "it has", known))
                    .refused();
        }
        Object result = call.world().perform(system.name(), action, arguments(call));
        return result == null ? ControlApi.nothing() : json(Map.of("result", result));
    }

    /** The body's members as text, which is how actions read their arguments. */
    private static Map<String, String> arguments(ControlCall call) {
        Map<String, String> arguments = new LinkedHashMap<>();
        if (call.hasBody()) {
            Map<?, ?> body = call.body(Map.class);
            body.forEach((name, value) -> {
                if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
                    throw new IllegalArgumentException(
                            "the argument '" + name + "' is " + value + "; give a text, number or boolean");
                }
                arguments.put(String.valueOf(name), value.toString());
            });
        }
        return arguments;
    }
}

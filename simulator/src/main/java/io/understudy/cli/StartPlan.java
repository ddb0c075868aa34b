package io.understudy.cli;

import io.understudy.WorldBuilder;
import io.understudy.control.Catalogue;
import io.understudy.control.ControlServer;
import io.understudy.control.WorldPlan;
import io.understudy.system.NodeSpec;
import io.understudy.system.SystemDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code start} is to bring up: what the configuration file says, overruled by the command line.
 *
 * @param world the world
 * @param ports the ports that were given, by system
 * @param controlPort the control API's port
 * @param bind the address to listen on
 * @param controlToken what the control API's clients must show
 */
record StartPlan(
        WorldPlan world,
        Map<String, List<Integer>> ports,
        int controlPort,
        String bind,
        @Nullable String controlToken) {
    private static final int MAX_PORT = 65_535;

    /**
     * Understands what was given.
     *
     * @throws UsageException saying where something is wrong, and what would be right
     */
    static StartPlan of(List<Given> given, Catalogue catalogue) {
        Reader reader = new Reader(catalogue);
        given.stream()
                .filter(one -> one.flag() == Flag.CONFIG)
                .forEach(file -> reader.read(ConfigFile.read(Path.of(file.value()), file)));
        reader.read(given);
        return reader.plan();
    }

    /** The world, described down to its ports: those of its nodes unless others were given. */
    WorldBuilder begin(Catalogue catalogue) {
        WorldBuilder builder = world.begin(catalogue).bind(bind);
        for (SystemDefinition system : world.chosen(catalogue)) {
            List<Integer> own = ports.get(system.name());
            if (own == null) {
                own = world.nodes(system).stream().map(NodeSpec::defaultPort).toList();
            }
            own.forEach(port -> builder.port(system.name(), port));
        }
        return builder;
    }

    /** Takes one source after the other; a later one overrules an earlier one, key by key. */
    private static final class Reader {
        private final Catalogue catalogue;
        private final Map<String, List<Integer>> ports = new LinkedHashMap<>();
        private final Map<String, String> profiles = new LinkedHashMap<>();
        private final Map<String, String> presets = new LinkedHashMap<>();
        private final Map<String, Object> set = new LinkedHashMap<>();
        private final Map<String, Object> quirks = new LinkedHashMap<>();
        private List<String> systems = List.of();
        private @Nullable Long seed;
        private @Nullable String clock;
        private @Nullable String token;
        private String bind = "127.0.0.1";
        private int controlPort = ControlServer.DEFAULT_PORT;

        private Reader(Catalogue catalogue) {
            this.catalogue = catalogue;
        }

        private void read(List<Given> source) {
            List<String> named = new ArrayList<>();
            Set<String> portsOf = new LinkedHashSet<>();
            for (Given one : source) {
                if (one.flag() == null) {
                    named.add(one.value());
                    check(one, new WorldPlan(named, null, null, Map.of(), Map.of(), Map.of(), Map.of()));
                } else if (one.flag() == Flag.PORT) {
                    if (portsOf.add(one.key())) {
                        ports.remove(one.key());
                    }
                    port(one);
                } else {
                    option(one.flag(), one);
                }
            }
            if (!named.isEmpty()) {
                systems = named;
            }
        }

        private void option(Flag flag, Given one) {
            switch (flag) {
                case CONTROL_PORT -> controlPort = number(one, one.value());
                case BIND -> bind = one.value();
                case CONTROL_TOKEN -> token = one.value();
                case SEED -> seed = seed(one);
                case CLOCK -> {
                    clock = one.value();
                    check(one, new WorldPlan(List.of(), null, clock, Map.of(), Map.of(), Map.of(), Map.of()));
                }
                case PROFILE -> {
                    profiles.put(one.key(), one.argument());
                    check(one, plan(Map.of(one.key(), one.argument()), Map.of(), Map.of(), Map.of()));
                }
                case PRESET -> {
                    presets.put(one.key(), one.argument());
                    check(one, plan(Map.of(), Map.of(one.key(), one.argument()), Map.of(), Map.of()));
                }
                case SET -> {
                    set.put(one.key(), one.argument());
                    check(one, plan(Map.of(), Map.of(), Map.of(one.key(), one.argument()), Map.of()));
                }
                case QUIRK -> {
                    quirks.put(one.key(), one.argument());
                    check(one, plan(Map.of(), Map.of(), Map.of(), Map.of(one.key(), one.argument())));
                }
                case PORT, CONFIG -> {
                    // read by those who know the source
                }
            }
        }

        private static WorldPlan plan(
                Map<String, String> profiles,
                Map<String, String> presets,
                Map<String, Object> set,
                Map<String, Object> quirks) {
            return new WorldPlan(List.of(), null, null, profiles, presets, set, quirks);
        }

        /** What is wrong with one thing is said with where it stands, so each is tried alone first. */
        private void check(Given one, WorldPlan alone) {
            try {
                alone.begin(catalogue);
            } catch (IllegalArgumentException e) {
                throw one.wrong(String.valueOf(e.getMessage()));
            }
        }

        private void port(Given one) {
            try {
                catalogue.system(one.key());
            } catch (IllegalArgumentException e) {
                throw one.wrong(String.valueOf(e.getMessage()));
            }
            ports.computeIfAbsent(one.key(), system -> new ArrayList<>()).add(number(one, one.argument()));
        }

        private static int number(Given one, String text) {
            try {
                int port = Integer.parseInt(text);
                if (port >= 0 && port <= MAX_PORT) {
                    return port;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw one.wrong("'" + text + "' is no port; a port is a number from 0 (any free one) to " + MAX_PORT);
        }

        private static long seed(Given one) {
            try {
                return Long.parseLong(one.value());
            } catch (NumberFormatException e) {
                throw one.wrong("'" + one.value() + "' is no seed; a seed is a whole number");
            }
        }

        private StartPlan plan() {
            WorldPlan world = new WorldPlan(systems, seed, clock, profiles, presets, set, quirks);
            List<String> present =
                    world.chosen(catalogue).stream().map(SystemDefinition::name).toList();
            ports.keySet().stream()
                    .filter(system -> !present.contains(system))
                    .findFirst()
                    .ifPresent(system -> {
                        throw new UsageException(Flag.PORT.option() + ": a port is given for "
                                + system + ", which is not among the systems that are started: "
                                + String.join(", ", present));
                    });
            try {
                world.begin(catalogue);
            } catch (IllegalArgumentException e) {
                throw new UsageException(String.valueOf(e.getMessage()), e);
            }
            return new StartPlan(world, ports, controlPort, bind, token);
        }
    }
}

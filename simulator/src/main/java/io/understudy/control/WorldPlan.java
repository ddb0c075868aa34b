package io.understudy.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.understudy.WorldBuilder;
import io.understudy.system.Knob;
import io.understudy.system.NodeSpec;
import io.understudy.system.Profile;
import io.understudy.system.Quirk;
import io.understudy.system.Settings;
import io.understudy.system.SystemDefinition;
import io.understudy.world.ClockMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which world is wanted, in the words of {@code understudy start}, its configuration file and {@code POST /worlds}. What is
 * left out is as a standalone server has it: all systems, each under its first profile with its standalone preset, seed 0, real
 * time.
 *
 * @param systems the systems' names; empty for all
 * @param seed what all chance is drawn from; 0 by default
 * @param clock how time moves, as {@link ClockMode#parse} reads it; {@code real} by default
 * @param profiles profiles by system
 * @param presets presets by system
 * @param set knobs' values by {@code SYSTEM.KNOB}: texts, numbers or booleans
 * @param quirks by quirk id, {@code on} or {@code off} (or a boolean)
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WorldPlan(
        List<String> systems,
        @Nullable Long seed,
        @Nullable String clock,
        Map<String, String> profiles,
        Map<String, String> presets,
        Map<String, Object> set,
        Map<String, Object> quirks) {
    /** How time moves in a standalone server that was not told otherwise. */
    public static final String DEFAULT_CLOCK = "real";

    /** The plan that says nothing. */
    public static final WorldPlan DEFAULT =
            new WorldPlan(List.of(), null, null, Map.of(), Map.of(), Map.of(), Map.of());

    public WorldPlan {
        // JSON may leave them out
        systems = systems == null ? List.of() : List.copyOf(systems);
        profiles = profiles == null ? Map.of() : new LinkedHashMap<>(profiles);
        presets = presets == null ? Map.of() : new LinkedHashMap<>(presets);
        set = set == null ? Map.of() : new LinkedHashMap<>(set);
        quirks = quirks == null ? Map.of() : new LinkedHashMap<>(quirks);
    }

    /**
     * A world after this plan, before it has begun, with free ports on the loopback.
     *
     * @throws IllegalArgumentException saying what in the plan does not exist, and what would be right
     */
    public WorldBuilder begin(Catalogue catalogue) {
        checkNames(catalogue);
        WorldBuilder builder = catalogue.world().get();
        builder.seed(seed == null ? 0 : seed);
        builder.clock(ClockMode.parse(clock == null ? DEFAULT_CLOCK : clock));
        for (SystemDefinition system : chosen(catalogue)) {
            builder.system(system.name());
            builder.preset(system.name(), presets.getOrDefault(system.name(), system.standalonePreset()));
        }
        profiles.forEach(builder::profile);
        set.forEach((knob, value) -> builder.set(knob, text(knob, value)));
        quirks.forEach((id, value) -> builder.quirk(id, isOn(id, value)));
        return builder;
    }

    /** The systems that it names, or all, in the catalogue's order. */
    public List<SystemDefinition> chosen(Catalogue catalogue) {
        return catalogue.systems().stream()
                .filter(system -> systems.isEmpty() || systems.contains(system.name()))
                .toList();
    }

    /** The nodes of a system under this plan, which may depend on its knobs. */
    public List<NodeSpec> nodes(SystemDefinition system) {
        Settings settings = Settings.of(system);
        if (profiles.containsKey(system.name())) {
            settings = settings.profile(profiles.get(system.name()));
        }
        for (Map.Entry<String, Object> knob : set.entrySet()) {
            if (knob.getKey().startsWith(system.name() + ".")) {
                settings = settings.set(
                        knob.getKey().substring(system.name().length() + 1), text(knob.getKey(), knob.getValue()));
            }
        }
        for (Map.Entry<String, Object> quirk : quirks.entrySet()) {
            if (quirk.getKey().startsWith(system.name() + ".")) {
                settings = settings.quirk(quirk.getKey(), isOn(quirk.getKey(), quirk.getValue()));
            }
        }
        return system.nodes(settings);
    }

    private void checkNames(Catalogue catalogue) {
        systems.forEach(catalogue::system);
        profiles.forEach((name, profile) -> {
            SystemDefinition system = catalogue.system(name);
            requireKnown(
                    name + " has no profile",
                    profile,
                    "it has",
                    system.profiles().stream().map(Profile::name).toList());
        });
        presets.keySet().forEach(catalogue::system);
        set.keySet().forEach(knob -> {
            SystemDefinition system = owner(catalogue, "knob", knob);
            requireKnown(
                    "there is no knob",
                    knob,
                    system.name() + " has",
                    prefixed(system, system.knobs().stream().map(Knob::name).toList()));
        });
        quirks.keySet().forEach(id -> {
            SystemDefinition system = owner(catalogue, "quirk", id);
            requireKnown(
                    "there is no quirk",
                    id,
                    system.name() + " has",
                    system.quirks().stream().map(Quirk::id).toList());
        });
        List<String> present =
                chosen(catalogue).stream().map(SystemDefinition::name).toList();
        List<String> told = new ArrayList<>();
        told.addAll(profiles.keySet());
        told.addAll(presets.keySet());
        set.keySet().forEach(knob -> told.add(knob.substring(0, knob.indexOf('.'))));
        quirks.keySet().forEach(id -> told.add(id.substring(0, id.indexOf('.'))));
        told.stream().filter(name -> !present.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("something is said about " + name
                    + ", which is not among the systems that are started: " + String.join(", ", present));
        });
    }

    private static SystemDefinition owner(Catalogue catalogue, String kind, String name) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("'" + name + "' names no " + kind + "; write SYSTEM."
                    + (kind.equals("knob") ? "KNOB" : "QUIRK") + ", with one of the systems "
                    + String.join(", ", catalogue.names()));
        }
        return catalogue.system(name.substring(0, dot));
    }

    private static void requireKnown(String thereIsNo, String name, String thereAre, List<String> known) {
        if (!known.contains(name)) {
            throw NearNames.unknown(thereIsNo, name, thereAre, known);
        }
    }

    private static List<String> prefixed(SystemDefinition system, List<String> names) {
        return names.stream().map(name -> system.name() + "." + name).toList();
    }

    private static String text(String knob, Object value) {
        if (value instanceof String || value instanceof Number) {
            return value.toString();
        }
        if (value instanceof Boolean flag) {
            return flag ? "on" : "off";
        }
        throw new IllegalArgumentException(
                "the value of " + knob + " is " + value + "; give a text, number or boolean");
    }

    private static boolean isOn(String id, Object value) {
        return switch (text(id, value)) {
            case "on", "true" -> true;
            case "off", "false" -> false;
            default -> throw new IllegalArgumentException("quirk " + id + " is on or off; '" + value + "' is neither");
        };
    }
}

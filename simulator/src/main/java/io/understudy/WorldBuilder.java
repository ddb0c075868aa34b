package io.understudy;

import io.understudy.system.Preset;
import io.understudy.system.Settings;
import io.understudy.system.SystemDefinition;
import io.understudy.world.ClockMode;
import io.understudy.world.Kernel;
import io.understudy.world.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Describes a world and brings it up. Not thread-safe; may be used again after {@link #start} or {@link #build}.
 *
 * <p>Defaults: all systems, their first profile, no initial state, seed 0, time from 2026-01-01T00:00:00Z moving 1 s per
 * request, free ports on 127.0.0.1.
 */
public final class WorldBuilder {
    /** The default clock of embedded worlds: every request moves time by this step. */
    public static final Duration DEFAULT_STEP = Duration.ofSeconds(1);

    private final Registry registry;
    private final Set<String> systems = new LinkedHashSet<>();
    private final Map<String, Settings> settings = new LinkedHashMap<>();
    private final Map<String, List<Integer>> ports = new LinkedHashMap<>();
    private long seed;
    private Instant start = Kernel.DEFAULT_START;
    private ClockMode clock = ClockMode.perRequest(DEFAULT_STEP);
    private WallClock wall = WallClock.system();
    private String bind = "127.0.0.1";

    WorldBuilder(Registry registry) {
        this.registry = registry;
    }

    /** The seed all chance is drawn from; 0 by default. */
    public WorldBuilder seed(long newSeed) {
        seed = newSeed;
        return this;
    }

    /** How time moves; {@code per-request:1s} by default. */
    public WorldBuilder clock(ClockMode mode) {
        clock = mode;
        return this;
    }

    /** Where virtual time starts; 2026-01-01T00:00:00Z by default. */
    public WorldBuilder startingAt(Instant instant) {
        start = instant;
        return this;
    }

    /** Where the clock's real mode reads real time; the machine's monotonic clock by default. */
    public WorldBuilder wallClock(WallClock source) {
        wall = source;
        return this;
    }

    /** The address to listen on; the loopback 127.0.0.1 by default. */
    public WorldBuilder bind(String address) {
        bind = address;
        return this;
    }

    /**
     * Adds a system. Without any, the world has all.
     *
     * @throws IllegalArgumentException if there is no such system
     */
    public WorldBuilder system(String name) {
        systems.add(registry.system(name).name());
        return this;
    }

    /**
     * The port of a system's next node; 0 is any free port, which is the default. Nodes beyond the last port given count on from
     * it, unless it is 0.
     *
     * @param port 0 to 65535
     */
    public WorldBuilder port(String system, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "the port of " + system + " is " + port + "; it must be from 0 to 65535");
        }
        ports.computeIfAbsent(registry.system(system).name(), name -> new ArrayList<>())
                .add(port);
        return this;
    }

    /** The profile of a system; {@code documented} by default. */
    public WorldBuilder profile(String system, String profile) {
        return change(system, was -> was.profile(profile));
    }

    /** The initial state of a system; {@code empty} by default. */
    public WorldBuilder preset(String system, String text) {
        return change(system, was -> was.preset(text));
    }

    /** The initial state of a system, such as {@code UndermoonPreset.sixProxies().cluster("mycluster", 4)}. */
    public WorldBuilder preset(Preset preset) {
        return preset(preset.system(), preset.text());
    }

    /**
     * Sets a knob.
     *
     * @param knob its name with its system's, such as {@code undermoon.failureTtl}
     * @param value the value as text, such as {@code 30s}
     */
    public WorldBuilder set(String knob, String value) {
        int dot = knob.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException(
                    "'" + knob + "' names no knob; write SYSTEM.KNOB, such as undermoon.failureTtl");
        }
        return change(knob.substring(0, dot), was -> was.set(knob.substring(dot + 1), value));
    }

    /** Switches a quirk, such as {@code undermoon.documented-statuses}. */
    public WorldBuilder quirk(String id, boolean on) {
        int dot = id.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("'" + id + "' names no quirk; quirks are called SYSTEM.NAME");
        }
        return change(id.substring(0, dot), was -> was.quirk(id, on));
    }

    private WorldBuilder change(String system, UnaryOperator<Settings> change) {
        SystemDefinition definition = registry.system(system);
        settings.put(system, change.apply(settings.computeIfAbsent(system, name -> Settings.of(definition))));
        return this;
    }

    /** The world without listeners: for its models alone, or to restore a snapshot into. */
    public World build() {
        return World.offTheAir(blueprint());
    }

    /**
     * The world with its listeners.
     *
     * @throws java.io.UncheckedIOException if a port cannot be listened on, most often because it is taken; its cause is then a
     *     {@link io.understudy.http.PortTakenException}
     */
    public Simulation start() {
        return Simulation.start(blueprint(), bind, ports);
    }

    private Blueprint blueprint() {
        List<Blueprint.Cast> casts = registry.systems().stream()
                .filter(system -> systems.isEmpty() || systems.contains(system.name()))
                .map(system -> new Blueprint.Cast(system, settings.getOrDefault(system.name(), Settings.of(system))))
                .toList();
        return new Blueprint(seed, start, clock, wall, casts);
    }
}

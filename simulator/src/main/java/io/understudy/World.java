package io.understudy;

import io.understudy.fault.Faults;
import io.understudy.http.Alarm;
import io.understudy.http.Gateway;
import io.understudy.http.Outbound;
import io.understudy.journal.Journal;
import io.understudy.json.SnapshotJson;
import io.understudy.system.Action;
import io.understudy.system.Addresses;
import io.understudy.system.Settings;
import io.understudy.system.Simulator;
import io.understudy.system.Surroundings;
import io.understudy.system.SystemDefinition;
import io.understudy.system.SystemInstance;
import io.understudy.world.Clock;
import io.understudy.world.Kernel;
import io.understudy.world.Snapshot;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happens in one simulation: the emulated systems' state, virtual time, chance, faults and the journal.
 *
 * <p>A world is a value that moves: {@link #snapshot} and {@link #fork} copy it, and two worlds with the same seed that are
 * asked the same go the same way, byte for byte. Worlds share nothing. Every method may be called from any thread.
 */
public final class World {
    private final Blueprint blueprint;
    private final Kernel kernel;
    private final Journal journal;
    private final Faults faults;
    private final Gateway gateway;
    private final Map<String, SystemInstance> systems = new LinkedHashMap<>();

    World(Blueprint blueprint, Alarm alarm, Outbound outbound, Map<String, Addresses> addresses) {
        this.blueprint = blueprint;
        this.kernel = new Kernel(blueprint.seed(), blueprint.start(), blueprint.mode(), blueprint.wall());
        this.journal = new Journal(kernel);
        this.faults = new Faults(kernel);
        this.gateway = new Gateway(kernel, journal, faults, alarm);
        kernel.add(journal);
        kernel.add(faults);
        kernel.add(gateway);
        for (Blueprint.Cast cast : blueprint.casts()) {
            String name = cast.system().name();
            Addresses where = addresses.getOrDefault(name, World::notOnTheAir);
            SystemInstance instance = cast.system()
                    .install(new Surroundings(kernel, faults, gateway, where, cast.settings(), outbound, alarm));
            systems.put(name, instance);
            faults.register(instance.faultTarget());
            kernel.add(instance.part());
        }
    }

    /** A world that nothing outside can reach and that reaches nothing outside. */
    static World offTheAir(Blueprint blueprint) {
        return new World(blueprint, (delay, action) -> () -> {}, Outbound.NOWHERE, Map.of());
    }

    private static URI notOnTheAir(String node) {
        throw new IllegalStateException("this world has no listeners: it was built or forked, not started");
    }

    /** Virtual time: look at it, advance it, see what is going to happen. */
    public Clock clock() {
        return kernel.clock();
    }

    /** What has happened. */
    public Journal journal() {
        return journal;
    }

    /** What goes wrong. */
    public Faults faults() {
        return faults;
    }

    /** The seed that all chance is drawn from. */
    public long seed() {
        return kernel.seed();
    }

    /**
     * The handle of a system.
     *
     * @throws IllegalArgumentException if the system is not in this world
     */
    public <S extends Simulator> S simulator(Class<S> type) {
        for (SystemInstance instance : systems.values()) {
            if (type.isInstance(instance.simulator())) {
                return type.cast(instance.simulator());
            }
        }
        throw new IllegalArgumentException(
                "no " + type.getSimpleName() + " in this world; its systems are " + systems.keySet());
    }

    /** The systems of this world, in the registry's order. */
    public List<SystemDefinition> systems() {
        return blueprint.casts().stream().map(Blueprint.Cast::system).toList();
    }

    /**
     * How a system is set.
     *
     * @throws IllegalArgumentException if the system is not in this world
     */
    public Settings settings(String system) {
        return cast(system).settings();
    }

    /**
     * Does one of a system's domain controls.
     *
     * @param arguments by parameter name
     * @return what there is to tell, as a value that can be written as JSON, or null
     * @throws IllegalArgumentException if there is no such system, action or parameter, one is missing, or one is wrong
     */
    public @Nullable Object perform(String system, String action, Map<String, String> arguments) {
        Action known = cast(system).system().actions().stream()
                .filter(candidate -> candidate.name().equals(action))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(system + " has no action '" + action + "'; it has "
                        + cast(system).system().actions().stream()
                                .map(Action::name)
                                .toList()));
        List<String> names =
                known.parameters().stream().map(Action.Parameter::name).toList();
        arguments.keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(action + " has no parameter '" + name + "'; it has " + names);
                });
        for (Action.Parameter parameter : known.parameters()) {
            if (parameter.required() && !arguments.containsKey(parameter.name())) {
                throw new IllegalArgumentException(
                        action + " needs the argument '" + parameter.name() + "': " + parameter.summary());
            }
        }
        return kernel.step(() -> instance(system).perform(action, arguments));
    }

    /** How many replies are held: by a delay, or by a system that has not made up its mind yet. */
    public int heldReplies() {
        return gateway.held();
    }

    /** Goes back to the initial world, under the same seed. Replies that are held are never sent: their connections end. */
    public void reset() {
        kernel.reset();
    }

    /** Goes back to the initial world under another seed. */
    public void reset(long seed) {
        kernel.reset(seed);
    }

    /** The whole world as a value. */
    public Snapshot snapshot() {
        return kernel.snapshot();
    }

    /**
     * Becomes the world of the snapshot.
     *
     * @throws IllegalArgumentException if it is of another version or of a world with other systems; nothing is changed
     */
    public void restore(Snapshot snapshot) {
        kernel.restore(snapshot);
    }

    /** The whole world as versioned JSON, which {@link #restoreJson} reads. */
    public String snapshotJson() {
        return SnapshotJson.write(snapshot());
    }

    /**
     * Becomes the world of the snapshot.
     *
     * @param json what {@link #snapshotJson} once returned
     * @throws io.understudy.json.BadJson if it is none, saying where it is wrong
     * @throws IllegalArgumentException if it is of another version or of a world with other systems; nothing is changed
     */
    public void restoreJson(String json) {
        restore(SnapshotJson.read(json, kernel));
    }

    /** A world like this one that goes its own way from here. It has no listeners. */
    public World fork() {
        World twin = offTheAir(blueprint);
        twin.restore(snapshot());
        return twin;
    }

    /** The state of one system now, as a value that can be written as JSON. */
    public Object state(String system) {
        return kernel.step(() -> instance(system).part().state());
    }

    Blueprint blueprint() {
        return blueprint;
    }

    Gateway gateway() {
        return gateway;
    }

    Kernel kernel() {
        return kernel;
    }

    SystemInstance instance(String system) {
        cast(system);
        return Objects.requireNonNull(systems.get(system));
    }

    private Blueprint.Cast cast(String system) {
        return blueprint.casts().stream()
                .filter(cast -> cast.system().name().equals(system))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no system '" + system + "' in this world; there are " + systems.keySet()));
    }
}

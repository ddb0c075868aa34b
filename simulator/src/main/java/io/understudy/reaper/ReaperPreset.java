package io.understudy.reaper;

import io.understudy.reaper.cassandra.CassandraCluster;
import io.understudy.reaper.cassandra.Universe;
import io.understudy.reaper.cassandra.Universes;
import io.understudy.system.Preset;
import io.understudy.system.PresetType;
import io.understudy.system.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A ready-made initial state of Reaper and the Cassandra clusters around it (spec reaper 8.1): {@link #empty}, {@link #standard} or
 * {@link #goClient}, and steps that are done after it, in order: {@code ReaperPreset.standard().run("test", "booya", RunState.ERROR)}.
 * As text, for the command line: {@code default+run(test,booya,ERROR)}. All dates are relative to the world's start. Immutable.
 */
public final class ReaperPreset implements Preset {
    private static final String DEFAULT = "default";
    private static final String GO_CLIENT = "go-client";
    private static final String REGISTER = "register";
    private static final String RUN = "run";
    private static final String SCHEDULE = "schedule";
    private static final String GRID = "grid";

    static final List<PresetType> TYPES = List.of(
            new PresetType(
                    Settings.EMPTY_PRESET,
                    "the Cassandra clusters test (127.0.0.1 to 127.0.0.3) and analytics (10.0.0.1 to 10.0.0.4); nothing is"
                            + " registered"),
            new PresetType(
                    DEFAULT,
                    "the same with test registered, a run of its keyspace shop that was DONE 2 hours ago and a weekly schedule"
                            + " whose next activation is in 6 days"),
            new PresetType(
                    GO_CLIENT,
                    "what the Go client's tests expect: cluster-1, cluster-2 and cluster-3, nothing registered, access control"
                            + " on with the operator reaperUser"),
            new PresetType(REGISTER + "(CLUSTER)", "that Cassandra cluster is registered"),
            new PresetType(
                    RUN + "(CLUSTER,KEYSPACE,STATE[,SEGMENTS])",
                    "a run of alice's in that state, created 2 hours ago, with so many segments per node (2 by default); of one"
                            + " that began and is not DONE, half of the segments are"),
            new PresetType(
                    SCHEDULE + "(CLUSTER,KEYSPACE,DAYS)",
                    "a schedule of auto's that fires every so many days, the next time one day before they are over"),
            new PresetType(
                    GRID + "(NODES,VNODES)",
                    "a Cassandra cluster grid with so many nodes and tokens per node and a keyspace grid at RF 3,"
                            + " registered"));

    /** For a preset that brings settings with it: what the Go client's suite is configured with (spec reaper 8.1). */
    private static final Map<String, String> GO_CLIENT_KNOBS = Map.of(
            ReaperKnobs.AUTH_ENABLED.name(), "on",
            ReaperKnobs.AUTH_USERS.name(), "reaperUser:reaperPass:operator",
            ReaperKnobs.AUTH_SESSION_TIMEOUT.name(), "2h",
            ReaperKnobs.JMX_USERNAME.name(), "reaperUser",
            ReaperKnobs.JMX_PASSWORD.name(), "reaperPass");

    private static final int GRID_REPLICATION = 3;
    private static final int DEFAULT_SEGMENTS = 2;

    private final String base;
    private final List<Step> steps;

    private ReaperPreset(String base, List<Step> steps) {
        this.base = base;
        this.steps = steps;
    }

    /** What is done after the beginning. */
    record Step(String name, List<String> arguments) {
        String text() {
            return name + "(" + String.join(",", arguments) + ")";
        }

        String text(int index) {
            return arguments.get(index);
        }

        int number(int index) {
            try {
                return Integer.parseUnsignedInt(arguments.get(index));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "'" + arguments.get(index) + "' in the preset " + text() + " is no number", e);
            }
        }
    }

    /** Two Cassandra clusters {@code test} and {@code analytics}; nothing registered. */
    public static ReaperPreset empty() {
        return new ReaperPreset(Settings.EMPTY_PRESET, List.of());
    }

    /** {@code default}: {@code test} registered, a run and a schedule of its keyspace {@code shop}. */
    public static ReaperPreset standard() {
        return new ReaperPreset(DEFAULT, List.of());
    }

    /** What the Go client's own tests expect; brings access control and global JMX credentials with it. */
    public static ReaperPreset goClient() {
        return new ReaperPreset(GO_CLIENT, List.of());
    }

    /** And that Cassandra cluster registered. */
    public ReaperPreset register(String cluster) {
        return with(REGISTER, cluster);
    }

    /** And a run in that state, created 2 hours before the world's start, with 2 segments per node. */
    public ReaperPreset run(String cluster, String keyspace, RunState state) {
        return with(RUN, cluster, keyspace, state.name());
    }

    /**
     * And a run in that state, created 2 hours before the world's start.
     *
     * @param segmentsPerNode 1 to 1000
     */
    public ReaperPreset run(String cluster, String keyspace, RunState state, int segmentsPerNode) {
        return with(RUN, cluster, keyspace, state.name(), Integer.toString(segmentsPerNode));
    }

    /** And an active schedule whose next activation is {@code days} - 1 days after the world's start, at 0 days at once. */
    public ReaperPreset schedule(String cluster, String keyspace, int days) {
        return with(SCHEDULE, cluster, keyspace, Integer.toString(days));
    }

    /** And a registered cluster {@code grid} with a keyspace {@code grid} at RF 3; for load. */
    public ReaperPreset grid(int nodes, int vnodesPerNode) {
        return with(GRID, Integer.toString(nodes), Integer.toString(vnodesPerNode));
    }

    private ReaperPreset with(String name, String... arguments) {
        List<Step> more = new ArrayList<>(steps);
        more.add(new Step(name, List.of(arguments)));
        return new ReaperPreset(base, List.copyOf(more));
    }

    @Override
    public String system() {
        return AppContext.SYSTEM;
    }

    @Override
    public String text() {
        if (steps.isEmpty()) {
            return base;
        }
        String after = steps.stream().map(Step::text).collect(Collectors.joining("+"));
        return base.equals(Settings.EMPTY_PRESET) ? after : base + "+" + after;
    }

    /**
     * Reads a preset's text.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static ReaperPreset parse(String text) {
        ReaperPreset preset = empty();
        boolean isFirst = true;
        for (String step : text.split("\\+", -1)) {
            boolean isBase = step.equals(Settings.EMPTY_PRESET) || step.equals(DEFAULT) || step.equals(GO_CLIENT);
            preset = isFirst && isBase ? new ReaperPreset(step, List.of()) : preset.with(step);
            isFirst = false;
        }
        return preset;
    }

    private ReaperPreset with(String step) {
        int open = step.indexOf('(');
        if (open > 0 && step.endsWith(")")) {
            String name = step.substring(0, open);
            String[] arguments = step.substring(open + 1, step.length() - 1).split(",", -1);
            boolean isRight = switch (name) {
                case REGISTER -> arguments.length == 1;
                case RUN ->
                    (arguments.length == 3 || arguments.length == 4)
                            && RunState.named(arguments[2])
                                    .filter(state -> state != RunState.DELETED)
                                    .isPresent();
                case SCHEDULE -> arguments.length == 3;
                case GRID -> arguments.length == 2;
                default -> false;
            };
            if (isRight) {
                return with(name, arguments);
            }
        }
        throw new IllegalArgumentException("'" + step + "' is no preset of reaper; there are "
                + TYPES.stream().map(PresetType::form).collect(Collectors.joining(", ")) + ", joined by +, where "
                + Settings.EMPTY_PRESET + ", " + DEFAULT + " and " + GO_CLIENT + " may stand first only");
    }

    /** Other defaults for knobs. */
    Map<String, String> knobs() {
        return base.equals(GO_CLIENT) ? GO_CLIENT_KNOBS : Map.of();
    }

    /** The Cassandra clusters there are. */
    Universe.State universe() {
        Universe universe = base.equals(GO_CLIENT) ? Universes.goClient() : Universes.standard();
        for (Step step : steps) {
            if (step.name().equals(GRID)) {
                CassandraCluster grid = Universes.grid(GRID, step.number(0), step.number(1), GRID_REPLICATION);
                grid.nodes().stream()
                        .filter(node -> universe.byHost(node.address()).isPresent())
                        .findFirst()
                        .flatMap(node -> universe.byHost(node.address()))
                        .ifPresent(taken -> universe.remove(taken.name())); // analytics has addresses of the grid's
                universe.add(grid);
            }
        }
        return universe.state();
    }

    /** Does the steps, in a step of the world, when the Cassandra clusters are there and nothing else. */
    void apply(ReaperProcess process) {
        PresetSteps doing = new PresetSteps(process);
        if (base.equals(DEFAULT)) {
            doing.wasRegistered("test");
            doing.run("test", "shop", RunState.DONE, DEFAULT_SEGMENTS);
            doing.schedule("test", "shop", 7);
        }
        for (Step step : steps) {
            try {
                apply(step, doing);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "the preset " + step.text() + " cannot be brought about: " + e.getMessage(), e);
            }
        }
    }

    private static void apply(Step step, PresetSteps doing) {
        switch (step.name()) {
            case REGISTER -> doing.register(step.text(0));
            case RUN ->
                doing.run(
                        step.text(0),
                        step.text(1),
                        RunState.valueOf(step.text(2).toUpperCase(Locale.ROOT)),
                        step.arguments().size() > 3 ? step.number(3) : DEFAULT_SEGMENTS);
            case SCHEDULE -> doing.schedule(step.text(0), step.text(1), step.number(2));
            default -> doing.register(GRID);
        }
    }
}

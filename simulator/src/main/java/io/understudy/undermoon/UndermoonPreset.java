package io.understudy.undermoon;

import io.understudy.system.Preset;
import io.understudy.system.PresetType;
import io.understudy.system.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A ready-made initial state of Undermoon (spec undermoon 10, 11), made of steps that are done in order:
 * {@code UndermoonPreset.worldSixProxies().cluster("mycluster", 4).midMigration(4, 8, 1)}. As text, for the command line:
 * {@code worldSixProxies+cluster(mycluster,4)+midMigration(4,8,1)}. Immutable.
 */
public final class UndermoonPreset implements Preset {
    /** The cluster that {@link #midMigration} works on, as in the documents' examples. */
    public static final String CLUSTER = "mycluster";

    private static final String METADATA = "metadata";
    private static final String METADATA_PREFIX = METADATA + ":";

    static final List<PresetType> TYPES = List.of(
            new PresetType(
                    Settings.EMPTY_PRESET, "a broker that has just been started: no proxies, no clusters, epoch 0"),
            new PresetType(
                    "worldSixProxies",
                    "six free proxies server_proxy1:6001 to server_proxy6:6006, each on a host of its own, as in the docker-compose"
                            + " example; epoch 6"),
            new PresetType(
                    METADATA_PREFIX + "{…}", "a whole store, as GET /metadata shows it; nothing can stand before it"),
            new PresetType("proxies(N)", "N free proxies 127.0.0.1:7001, 127.0.0.2:7001, …, each on a host of its own"),
            new PresetType("cluster(NAME,NODES)", "a cluster with so many nodes"),
            new PresetType(
                    "midMigration(FROM,TO,COMMITTED)",
                    "mycluster on its way from so many nodes to so many, with so many of its migrations committed"),
            new PresetType("afterFailover(ADDRESS)", "that proxy has been failed over"));

    private final List<Step> steps;

    private UndermoonPreset(List<Step> steps) {
        this.steps = steps;
    }

    private record Step(String name, List<String> arguments) {
        String text() {
            if (name.equals(METADATA)) {
                return METADATA_PREFIX + arguments.get(0);
            }
            return arguments.isEmpty() ? name : name + "(" + String.join(",", arguments) + ")";
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

    /** No proxies, no clusters. */
    public static UndermoonPreset empty() {
        return new UndermoonPreset(List.of());
    }

    /** Six free proxies {@code server_proxy1:6001} to {@code server_proxy6:6006}, each on a host of its own. */
    public static UndermoonPreset worldSixProxies() {
        return empty().with("worldSixProxies");
    }

    /** So many free proxies {@code 127.0.0.1:7001}, {@code 127.0.0.2:7001}, …, each on a host of its own; 1 to 60,000. */
    public static UndermoonPreset proxies(int count) {
        return empty().with("proxies", Integer.toString(count));
    }

    /**
     * A whole store, whatever is in it.
     *
     * @param json as {@code GET /metadata} shows it
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static UndermoonPreset metadata(String json) {
        return empty().with(METADATA, MetaStoreJson.write(MetaStoreJson.read(json)));
    }

    /** And a cluster with so many nodes. */
    public UndermoonPreset cluster(String name, int nodes) {
        return with("cluster", name, Integer.toString(nodes));
    }

    /**
     * And {@value #CLUSTER}, created with {@code from} nodes if there is none, on its way to {@code to} nodes, with the first
     * {@code committed} migrations committed.
     */
    public UndermoonPreset midMigration(int from, int to, int committed) {
        return with("midMigration", Integer.toString(from), Integer.toString(to), Integer.toString(committed));
    }

    /** And that proxy failed over. */
    public UndermoonPreset afterFailover(String address) {
        return with("afterFailover", address);
    }

    private UndermoonPreset with(String name, String... arguments) {
        List<Step> more = new ArrayList<>(steps);
        more.add(new Step(name, List.of(arguments)));
        return new UndermoonPreset(List.copyOf(more));
    }

    @Override
    public String system() {
        return UndermoonFaults.SYSTEM;
    }

    @Override
    public String text() {
        return steps.isEmpty()
                ? Settings.EMPTY_PRESET
                : steps.stream().map(Step::text).collect(Collectors.joining("+"));
    }

    /**
     * Reads a preset's text.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static UndermoonPreset parse(String text) {
        UndermoonPreset preset = empty();
        if (text.equals(Settings.EMPTY_PRESET)) {
            return preset;
        }
        String steps = text;
        if (text.startsWith(METADATA_PREFIX)) {
            int end = endOfObject(text, METADATA_PREFIX.length());
            preset = metadata(text.substring(METADATA_PREFIX.length(), end));
            if (end == text.length()) {
                return preset;
            }
            steps = text.charAt(end) == '+' ? text.substring(end + 1) : text.substring(end);
        }
        for (String step : steps.split("\\+", -1)) {
            preset = preset.with(step);
        }
        return preset;
    }

    /** Where the JSON object ends that begins there: strings may hold braces, and what follows is no JSON. */
    private static int endOfObject(String text, int begin) {
        int depth = 0;
        boolean quoted = false;
        for (int i = begin; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '{') {
                depth++;
            } else if (!quoted && c == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return text.length();
    }

    private UndermoonPreset with(String step) {
        int open = step.indexOf('(');
        String name = open < 0 ? step : step.substring(0, open);
        boolean closed = open < 0 || step.endsWith(")");
        String[] arguments = open < 0 || !closed
                ? new String[0]
                : step.substring(open + 1, step.length() - 1).split(",", -1);
        int wanted = switch (name) {
            case "worldSixProxies" -> 0;
            case "proxies", "afterFailover" -> 1;
            case "cluster" -> 2;
            case "midMigration" -> 3;
            default -> -1;
        };
        if (!closed || arguments.length != wanted) {
            throw new IllegalArgumentException("'" + step + "' is no preset of undermoon; there are "
                    + TYPES.stream().map(PresetType::form).collect(Collectors.joining(", ")) + ", joined by +");
        }
        return with(name, arguments);
    }

    /**
     * Does the steps, in a step of the world.
     *
     * @param replaced is told of proxies that stepped in for failed ones
     */
    void apply(Broker broker, Consumer<ProxyView> replaced) {
        steps.forEach(step -> apply(step, broker, replaced));
    }

    private static void apply(Step step, Broker broker, Consumer<ProxyView> replaced) {
        switch (step.name()) {
            case METADATA -> broker.replaceStore(MetaStoreJson.read(step.text(0)));
            case "worldSixProxies" -> {
                for (int i = 1; i <= 6; i++) {
                    String host = "server_proxy" + i;
                    require(
                            step,
                            broker.registerProxy(ProxyRegistration.of(
                                    host + ":" + (6000 + i),
                                    host + ":" + (6999 + 2 * i),
                                    host + ":" + (7000 + 2 * i))));
                }
            }
            case "proxies" -> {
                for (int i = 1; i <= step.number(0); i++) {
                    String host = "127." + (i >> 16) + "." + (i >> 8 & 0xff) + "." + (i & 0xff);
                    require(
                            step,
                            broker.registerProxy(ProxyRegistration.of(host + ":7001", host + ":7002", host + ":7003")));
                }
            }
            case "cluster" -> require(step, broker.createCluster(step.text(0), step.number(1)));
            case "midMigration" -> midMigration(step, broker);
            default -> require(step, broker.failover(step.text(0))).ifPresent(replaced);
        }
    }

    private static void midMigration(Step step, Broker broker) {
        int from = step.number(0);
        int to = step.number(1);
        if (broker.cluster(CLUSTER).isEmpty()) {
            require(step, broker.createCluster(CLUSTER, from));
        }
        if (to > from) {
            require(step, broker.addNodes(CLUSTER, to - from));
            require(step, broker.expand(CLUSTER));
        } else {
            require(step, broker.shrink(CLUSTER, to));
        }
        for (int i = 0; i < step.number(2); i++) {
            SlotRange next = broker.cluster(CLUSTER).orElseThrow().nodes().stream()
                    .flatMap(node -> node.slots().stream())
                    .filter(slots -> slots.tag() instanceof SlotRangeTag.Migrating)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "the preset " + step.text() + " has fewer migrations to commit"));
            require(step, broker.commitMigration(new MigrationTask(CLUSTER, next)));
        }
    }

    private static <T> T require(Step step, Outcome<T> outcome) {
        if (outcome instanceof Outcome.Accepted<T> accepted) {
            return accepted.value();
        }
        throw new IllegalArgumentException("the preset " + step.text() + " cannot be brought about: the broker says "
                + ((Outcome.Refused<T>) outcome).rejection().code());
    }
}

package io.understudy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.understudy.Simulation;
import io.understudy.Understudy;
import io.understudy.bench.Report.Limit;
import io.understudy.reaper.ReaperPreset;
import io.understudy.world.ClockMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What large rings, many runs and many schedules of Reaper cost, over HTTP. */
final class Repairs implements Benchmarks.Part {
    private static final int[] NODES = {125, 250, 500, 1000};
    private static final int VNODES = 256;
    private static final int SCHEDULES = 50;
    private static final int RUNS = 1000;
    private static final byte[] NOTHING = new byte[0];
    private static final ObjectMapper JSON = new ObjectMapper();

    /** More than this over n, and the row is marked; below it is noise. */
    private static final double TOLERANCE = 1.5;

    private final Map<String, Map<Integer, Sample>> steps = new LinkedHashMap<>();
    private final Map<Integer, Integer> segments = new LinkedHashMap<>();

    @Override
    public void measure(Benchmarks.Budget budget, Report report) throws Exception {
        ring(NODES[0]);
        ring(NODES[0]); // until the compilers have seen it all
        steps.clear();
        for (int i = 0; i < budget.of(3, 1); i++) {
            for (int nodes : budget.quick() ? new int[] {NODES[0], NODES[1]} : NODES) {
                ring(nodes);
            }
        }
        reportRings(report);
        many(budget, report);
    }

    /** One run over a ring of so many nodes, from its creation to DONE. */
    private void ring(int nodes) throws Exception {
        try (Simulation simulation = Understudy.world()
                        .system("reaper")
                        .preset(ReaperPreset.empty().grid(nodes, VNODES))
                        // a run of many segments takes months, and shall be there at the end
                        .set("reaper.purgeRecordsAfterInDays", "0")
                        .clock(ClockMode.manual())
                        .start();
                Client client = new Client(simulation.nodes().get(0).url())) {
            long before = Heap.used();
            JsonNode run = step(
                    nodes,
                    "create a run",
                    () -> JSON.readTree(created(
                            client, "/repair_run?clusterName=grid&keyspace=grid&owner=bench&segmentCountPerNode=64")));
            int total = run.get("total_segments").asInt();
            segments.put(nodes, total);
            String path = "/repair_run/" + run.get("id").asText();
            steps.computeIfAbsent("heap for it, MB", key -> new LinkedHashMap<>())
                    .computeIfAbsent(nodes, key -> new Sample())
                    .add((Heap.used() - before) / 1e6);
            step(nodes, "list its segments", () -> client.get(path + "/segments"));
            step(nodes, "list runs", () -> client.get("/repair_run"));
            client.send("PUT", path + "/state/RUNNING", NOTHING);
            // a segment is started every 30 s at most
            step(nodes, "advance to DONE", () -> simulation.world().clock().advance(Duration.ofSeconds(45L * total)));
            String state = JSON.readTree(client.get(path).body()).get("state").asText();
            if (!state.equals("DONE")) {
                throw new IllegalStateException("the run is " + state);
            }
            step(nodes, "snapshot of the world", () -> simulation.world().snapshot());
        }
    }

    private <T> T step(int nodes, String name, Sample.Action<T> action) throws Exception {
        return steps.computeIfAbsent(name, key -> new LinkedHashMap<>())
                .computeIfAbsent(nodes, key -> new Sample())
                .time(action);
    }

    private static byte[] created(Client client, String path) throws IOException {
        Client.Reply reply = client.send("POST", path, NOTHING);
        if (reply.status() != 201) {
            throw new IOException(
                    path + " answers " + reply.status() + " " + new String(reply.body(), StandardCharsets.UTF_8));
        }
        return reply.body();
    }

    private void reportRings(Report report) {
        List<String> columns = new ArrayList<>(List.of("n nodes with " + VNODES + " tokens, RF 3"));
        segments.forEach((nodes, total) -> {
            columns.add("n = " + nodes + ", ms");
            if (columns.size() > 2) {
                columns.add("growth");
            }
        });
        columns.add("");
        Report.Table table = report.table(
                "A run over a large ring",
                ("Over HTTP, medians. Growth per doubling; a row whose last growth is more than %s times 2 is marked."
                                + " 64 segments per node asked for; there are %s.")
                        .formatted(TOLERANCE, segments.values()),
                columns.toArray(String[]::new));
        steps.forEach((name, byNodes) -> table.row(row(name, byNodes)));
        table.end();
    }

    private static List<String> row(String name, Map<Integer, Sample> byNodes) {
        List<String> cells = new ArrayList<>(List.of(name));
        double before = 0;
        double growth = 0;
        for (Sample sample : byNodes.values()) {
            double value = sample.median();
            cells.add(Report.number(value));
            if (before > 0) {
                growth = value / before;
                cells.add(Report.number(growth));
            }
            before = value;
        }
        cells.add(growth > TOLERANCE * 2 ? "STEEPER" : "");
        return cells;
    }

    private void many(Benchmarks.Budget budget, Report report) throws Exception {
        Report.Comparison comparison =
                report.comparison("Many runs and schedules", "Medians, over HTTP where there is any.");
        int times = budget.of(9, 2);
        Sample month = new Sample();
        Sample idle = new Sample();
        for (int i = 0; i < times; i++) {
            month(month, SCHEDULES);
            month(idle, 0);
        }
        comparison.row(
                "P30D over " + SCHEDULES + " weekly schedules",
                month.median(),
                "ms",
                idle.median(),
                new Limit.AtMost(1000),
                "P30D over none");
        try (Simulation simulation = world();
                Client client = new Client(simulation.nodes().get(0).url())) {
            for (int i = 0; i < RUNS; i++) {
                created(client, "/repair_run?clusterName=test&keyspace=booya&owner=bench&segmentCountPerNode=1");
            }
            Sample list = new Sample();
            Sample write = new Sample();
            JsonNode tree = JSON.readTree(client.get("/repair_run").body());
            for (int i = 0; i < 20 * times; i++) {
                list.time(() -> client.get("/repair_run"));
                write.time(() -> JSON.writeValueAsBytes(tree));
            }
            comparison.row(
                    "list " + tree.size() + " runs",
                    list.median(),
                    "ms",
                    write.median(),
                    Limit.NONE,
                    "Jackson writes the same JSON from a tree, without a network");
        }
        comparison.end();
    }

    private static Simulation world() {
        return Understudy.world()
                .system("reaper")
                .preset(ReaperPreset.empty().register("test"))
                .clock(ClockMode.manual())
                .start();
    }

    /** Each schedule is of a keyspace of its own: what is scheduled twice is refused. */
    private static void month(Sample sample, int schedules) throws Exception {
        try (Simulation simulation = world();
                Client client = new Client(simulation.nodes().get(0).url())) {
            for (int i = 0; i < schedules; i++) {
                simulation
                        .world()
                        .perform(
                                "reaper",
                                "addKeyspace",
                                Map.of(
                                        "cluster",
                                        "test",
                                        "keyspace",
                                        "ks" + i,
                                        "replicationFactor",
                                        "3",
                                        "tables",
                                        "t"));
                created(
                        client,
                        "/repair_schedule?clusterName=test&keyspace=ks" + i + "&owner=bench&scheduleDaysBetween=7");
            }
            sample.time(() -> simulation.world().clock().advance(Duration.ofDays(30)));
        }
    }
}

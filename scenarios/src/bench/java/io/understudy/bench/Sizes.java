package io.understudy.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.Simulation;
import io.understudy.Understudy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the time of large clusters grows with their size, over HTTP: every proxy on a host of its own, which is the worst case. */
final class Sizes implements Benchmarks.Part {
    private static final int[] NODES = {250, 500, 1000, 2000};
    private static final ObjectMapper JSON = new ObjectMapper();

    /** More than this over n log n, and the row is marked; below it is noise. */
    private static final double TOLERANCE = 1.5;

    private final Map<String, Map<Integer, Sample>> steps = new LinkedHashMap<>();
    private final Sample smallGet = new Sample();

    @Override
    public void measure(Benchmarks.Budget budget, Report report) throws Exception {
        for (int i = 0; i < budget.of(8, 1); i++) {
            round(NODES[1]); // until the compilers have seen it all
        }
        steps.clear();
        for (int i = 0; i < budget.of(7, 1); i++) {
            for (int nodes : NODES) {
                round(nodes);
            }
        }
        report(report);
    }

    private void round(int size) throws Exception {
        int nodes = (size + 3) / 4 * 4;
        try (Simulation simulation = Understudy.world()
                        .system("undermoon")
                        .set("undermoon.migrationLimit", "0")
                        .start();
                Client client = new Client(simulation.nodes().get(0).url())) {
            for (int i = 0; i < 200; i++) {
                smallGet.time(() -> client.get(Server.PATH));
            }
            Round round = new Round(size, client);
            round.step("register n proxies", () -> round.register(nodes));
            round.step("create a cluster of n nodes", () -> round.send("POST", "/clusters/meta/c", nodeNumber(nodes)));
            round.step("get the cluster", () -> client.get("/api/v3/clusters/meta/c"));
            round.step("check resources", () -> round.send("POST", "/resources/failures/check", ""));
            round.step("add n nodes", () -> round.send("PATCH", "/clusters/nodes/c", nodeNumber(nodes)));
            round.step("plan migrations to 2n nodes", () -> round.send("POST", "/clusters/migrations/expand/c", ""));
            Client.Reply dump = round.step("dump the store", () -> client.get("/api/v3/metadata"));
            byte[] body = dump.body();
            round.step("restore the store", () -> client.send("PUT", "/api/v3/metadata", body));
            List<String> tasks = migrations(client.get("/api/v3/clusters/meta/c"));
            round.step("commit all migrations", () -> round.commit(tasks));
        }
    }

    private static String nodeNumber(int nodes) {
        return "{\"node_number\":" + nodes + "}";
    }

    private static List<String> migrations(Client.Reply reply) throws IOException {
        List<String> tasks = new ArrayList<>();
        for (JsonNode node : JSON.readTree(reply.body()).get("cluster").get("nodes")) {
            for (JsonNode slots : node.get("slots")) {
                if (slots.get("tag").has("Migrating")) {
                    ObjectNode task = JSON.createObjectNode();
                    task.put("cluster_name", "c").set("slot_range", slots);
                    tasks.add(task.toString());
                }
            }
        }
        return tasks;
    }

    /** One pass at one size. */
    private final class Round {
        private final int size;
        private final Client client;

        Round(int size, Client client) {
            this.size = size;
            this.client = client;
        }

        <T> T step(String name, Sample.Action<T> action) throws Exception {
            return steps.computeIfAbsent(name, key -> new LinkedHashMap<>())
                    .computeIfAbsent(size, key -> new Sample())
                    .time(action);
        }

        Client.Reply send(String method, String path, String json) throws IOException {
            return client.send(method, "/api/v3" + path, json);
        }

        int register(int proxies) throws IOException {
            for (int i = 0; i < proxies; i++) {
                String host = "10.0." + (i >> 8) + "." + (i & 0xff);
                send(
                        "POST",
                        "/proxies/meta",
                        "{\"proxy_address\":\"%1$s:5299\",\"nodes\":[\"%1$s:7001\",\"%1$s:7002\"]}".formatted(host));
            }
            return proxies;
        }

        int commit(List<String> tasks) throws IOException {
            for (String task : tasks) {
                send("PUT", "/clusters/migrations", task);
            }
            return tasks.size();
        }
    }

    private void report(Report report) {
        List<String> columns = new ArrayList<>(List.of("n = nodes, n proxies on n hosts"));
        for (int i = 0; i < NODES.length; i++) {
            columns.add("n = " + NODES[i] + ", ms");
            if (i > 0) {
                columns.add("growth");
            }
        }
        columns.add("in small GETs, n = 1000");
        columns.add("");
        Report.Table table = report.table(
                "Sizes",
                ("Over HTTP, one connection, medians; registering and committing are about n requests each. Growth per doubling;"
                                + " a row whose last growth is more than %s times n log n's is marked. A small GET takes %s ms here.")
                        .formatted(TOLERANCE, Report.number(smallGet.median())),
                columns.toArray(String[]::new));
        steps.forEach((name, bySize) -> table.row(row(name, bySize)));
        List<String> ideal = new ArrayList<>(List.of("(n log n)"));
        for (int i = 0; i < NODES.length; i++) {
            ideal.add("");
            if (i > 0) {
                ideal.add(Report.number(nLogN(i)));
            }
        }
        ideal.addAll(List.of("", ""));
        table.row(ideal).end();
    }

    private List<String> row(String name, Map<Integer, Sample> bySize) {
        List<String> cells = new ArrayList<>(List.of(name));
        double before = 0;
        double growth = 0;
        for (int nodes : NODES) {
            double millis = bySize.get(nodes).median();
            cells.add(Report.number(millis));
            if (before > 0) {
                growth = millis / before;
                cells.add(Report.number(growth));
            }
            before = millis;
        }
        cells.add(Report.number(bySize.get(1000).median() / smallGet.median()));
        cells.add(growth > TOLERANCE * nLogN(NODES.length - 1) ? "STEEPER" : "");
        return cells;
    }

    private static double nLogN(int index) {
        int n = NODES[index];
        int before = NODES[index - 1];
        return n * Math.log(n) / (before * Math.log(before));
    }
}

package io.understudy.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * One step of a random history. What it asks depends on the store as it is, so that most steps have a chance.
 *
 * @param kind what is done
 * @param version the API's version, {@code v3} or {@code v2}
 * @param a chooses among what there is
 * @param b chooses among the ways to do it
 */
record Command(Kind kind, String version, int a, int b) {
    private static final List<String> NAMES = List.of(
            "main",
            "main",
            "main",
            "main",
            "main",
            "main",
            "main",
            "main",
            "main",
            "other",
            "other",
            "none",
            "bad.name",
            "a".repeat(31),
            "a".repeat(32));

    private static final List<String> CONFIGS = List.of(
            "{}",
            "{\"migration_scan_count\":\"32\",\"MIGRATION_SCAN_INTERVAL\":\"+1000\"}",
            "{\"compression_strategy\":\"Set_Get_Only\"}",
            "{\"migration_scan_count\":\"0\"}",
            "{\"compression_strategy\":\"allow_all\",\"foo\":\"1\"}");

    /** Nothing of these is ever done: wrong bodies, wrong types, wrong paths, wrong methods. */
    private static final List<Ask> BROKEN = List.of(
            Ask.parse("POST /clusters/meta/main {\"node_number\":-4}"),
            Ask.parse("POST /clusters/meta/main {\"node_number\":4.0}"),
            Ask.parse("POST /clusters/meta/main {\"node_number\":\"4\"}"),
            Ask.parse("POST /clusters/meta/main {\"node_number\":4,\"node_number\":8}"),
            Ask.parse("POST /clusters/meta/main {\"node_number\":18446744073709551616}"),
            Ask.parse("POST /clusters/meta/main {\"node_number\":4"),
            Ask.parse("POST /clusters/meta/main {\"node_number\":4}}"),
            Ask.parse("POST /clusters/meta/main null"),
            Ask.parse("POST /clusters/meta/main hello"),
            Ask.of("POST", "/clusters/meta/main").with("Content-Type: application/json"),
            new Ask(
                    "POST",
                    "/clusters/meta/main",
                    List.of("Content-Type: application/x-www-form-urlencoded"),
                    "{\"node_number\":4}"),
            new Ask("PATCH", "/clusters/nodes/main", List.of("Content-Type: text/json; x"), "{\"node_number\":4}"),
            Ask.parse("PUT /clusters/nodes/main {\"node_number\":8}"),
            Ask.parse("PATCH /clusters/config/main {\"migration_scan_count\":16}"),
            Ask.parse("PATCH /clusters/config/main [\"migration_scan_count\"]"),
            Ask.parse("POST /proxies/meta {\"proxy_address\":\"h9:1\",\"nodes\":[\"a\"]}"),
            Ask.parse("POST /proxies/meta {\"proxy_address\":\"h9:1\",\"nodes\":[\"a\",\"b\",\"c\"]}"),
            Ask.parse("POST /proxies/meta {\"proxy_address\":\"h9:1\",\"nodes\":[\"a\",\"\\ud800\"]}"),
            Ask.parse("PUT /clusters/migrations {\"cluster_name\":\"main\",\"slot_range\":{\"range_list\":[[0,1]]}}"),
            Ask.parse("PUT /clusters/migrations {\"cluster_name\":\"bad.name\",\"slot_range\":"
                    + "{\"range_list\":[[0,1]],\"tag\":\"None\"}}"),
            Ask.parse("PUT /metadata {\"version\":\"mem-broker-0.2\",\"global_epoch\":99999}"),
            Ask.parse("PUT /config {\"replica_addresses\":[1]}"),
            Ask.of("POST", "/clusters/migrations/shrink/main/-4"),
            Ask.of("POST", "/clusters/migrations/auto/main/18446744073709551616"),
            Ask.of("PUT", "/epoch/abc"),
            Ask.of("POST", "/failures/a/b/c"),
            Ask.of("POST", "/failures/a"),
            Ask.of("DELETE", "/proxies/meta/"),
            Ask.of("PATCH", "/metadata"),
            Ask.of("POST", "/nope"),
            Ask.of("DELETE", ""),
            Ask.of("get", "/epoch"),
            Ask.of("GET", "/proxies/addresses?limit=-1"),
            Ask.of("GET", "/clusters/names?offset=1&offset=2"));

    /** What can be done, and how often. */
    enum Kind {
        REGISTER(6),
        UNREGISTER(1),
        CREATE(5),
        DELETE(1),
        ADD(8),
        GROW(3),
        DELETE_FREE(3),
        EXPAND(10),
        SHRINK(10),
        AUTO(14),
        COMMIT(30),
        CONFIG(2),
        BALANCE(3),
        FAILOVER(7),
        REPORT(3),
        FAILURES(2),
        CHECK(2),
        SET_EPOCH(1),
        RECOVER(1),
        RESTORE(2),
        SET_CONFIG(1),
        BROKEN(8);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    static Arbitrary<List<Command>> histories(int min, int max) {
        return Combinators.combine(
                        Arbitraries.frequency(Arrays.stream(Kind.values())
                                .map(kind -> Tuple.of(kind.weight, kind))
                                .toList()),
                        Arbitraries.frequency(Tuple.of(3, "v3"), Tuple.of(1, "v2")),
                        Arbitraries.integers().between(0, 47),
                        Arbitraries.integers().between(0, 14))
                .as(Command::new)
                .list()
                .ofMinSize(min)
                .ofMaxSize(max);
    }

    /** The cluster that it is about; most often the main one. */
    String cluster() {
        return NAMES.get(b % NAMES.size());
    }

    /** What it asks of a broker with that store, in a world of so many proxies. */
    Ask ask(JsonNode metadata, Proxies proxies) {
        String n = Integer.toString(a % 5 == 0 ? a % 7 : 4 + 4 * (a % 3));
        Ask ask = switch (kind) {
            case REGISTER -> Ask.json("POST", "/proxies/meta", b == 0 ? proxies.unsound(a) : proxies.registration(a));
            case UNREGISTER -> Ask.of("DELETE", "/proxies/meta/" + address(proxies));
            case CREATE -> Ask.json("POST", "/clusters/meta/" + cluster(), "{\"node_number\":" + n + ",\"more\":[]}");
            case DELETE -> Ask.of("DELETE", "/clusters/meta/" + cluster());
            case ADD -> Ask.json("PATCH", "/clusters/nodes/" + cluster(), "{\"node_number\":" + n + "}");
            case GROW -> Ask.json("PUT", "/clusters/nodes/" + cluster(), "{\"cluster_node_number\":" + n + "}");
            case DELETE_FREE -> Ask.of("DELETE", "/clusters/free_nodes/" + cluster());
            case EXPAND -> Ask.of("POST", "/clusters/migrations/expand/" + cluster());
            case SHRINK -> Ask.of("POST", "/clusters/migrations/shrink/" + cluster() + "/" + n);
            case AUTO -> Ask.of("POST", "/clusters/migrations/auto/" + cluster() + "/" + n);
            case COMMIT -> Ask.json("PUT", "/clusters/migrations", task(metadata));
            case CONFIG -> Ask.json("PATCH", "/clusters/config/" + cluster(), CONFIGS.get(a % CONFIGS.size()));
            case BALANCE -> Ask.of("PUT", "/clusters/balance/" + cluster());
            case FAILOVER -> Ask.of("POST", "/proxies/failover/" + address(proxies));
            case REPORT -> Ask.of("POST", "/failures/" + address(proxies) + "/" + reporter());
            case FAILURES -> Ask.of("GET", "/failures");
            case CHECK -> Ask.of("POST", "/resources/failures/check");
            case SET_EPOCH ->
                Ask.of(
                        "PUT",
                        "/epoch/" + Math.max(0, metadata.get("global_epoch").asLong() - 3 + b));
            case RECOVER -> Ask.of("PUT", "/epoch/recovery");
            case RESTORE -> Ask.json("PUT", "/metadata", dump(metadata));
            case SET_CONFIG -> Ask.json("PUT", "/config", "{\"replica_addresses\":[\"127.0.0.1:" + a + "\"]}");
            case BROKEN -> BROKEN.get(((a << 3) + b) % BROKEN.size());
        };
        return new Ask(ask.method(), "/api/" + version + ask.target(), ask.fields(), ask.body());
    }

    String address(Proxies proxies) {
        return proxies.address(a % (proxies.count() + 1));
    }

    String reporter() {
        return "reporter" + b % 2;
    }

    private String dump(JsonNode metadata) {
        String same = metadata.toString();
        return b == 0
                ? same.replace("mem-broker-0.2", "mem-broker-0.1")
                : b == 1
                        ? same.replaceFirst(
                                "\"global_epoch\":\\d+",
                                "\"global_epoch\":"
                                        + Math.max(
                                                0, metadata.get("global_epoch").asLong() - 1))
                        : same;
    }

    /** A migration that there is, hidden or shown; now and then with an old epoch or without a tag. */
    private String task(JsonNode metadata) {
        List<String> tasks = new ArrayList<>();
        metadata.get("clusters")
                .properties()
                .forEach(cluster -> cluster.getValue()
                        .get("chunks")
                        .findValues("migrating_slots")
                        .forEach(parts -> parts.forEach(part -> part.forEach(
                                task -> tasks.add(task(cluster.getKey(), task.get("range_list"), epoch(task)))))));
        return tasks.isEmpty() ? task(b % 2 == 0 ? "main" : "none", "[[0,1]]", b) : tasks.get(a % tasks.size());
    }

    private long epoch(JsonNode task) {
        return task.at("/meta/epoch").asLong() - (b == 0 ? 1 : 0);
    }

    private String task(String cluster, Object ranges, long epoch) {
        String tag = b == 1
                ? "\"None\""
                : "{\"" + (b % 2 == 0 ? "Migrating" : "Importing") + "\":{\"epoch\":" + epoch
                        + ",\"src_proxy_address\":\"\",\"src_node_address\":\"\",\"dst_proxy_address\":\"\","
                        + "\"dst_node_address\":\"\"}}";
        return "{\"cluster_name\":\"" + cluster + "\",\"slot_range\":{\"range_list\":" + ranges + ",\"tag\":" + tag
                + "}}";
    }
}

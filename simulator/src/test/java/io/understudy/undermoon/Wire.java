package io.understudy.undermoon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.understudy.journal.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A broker that is talked to over its API, and read like the transcripts of the stories. Paths are below {@code /api/v3}. */
final class Wire {
    private static final ObjectMapper JSON = new ObjectMapper();

    final InProcess broker;

    private Wire(InProcess broker) {
        this.broker = broker;
    }

    static Wire empty(BrokerConfig config) {
        return new Wire(new InProcess(config, WireSettings.DEFAULT));
    }

    static Wire empty() {
        return empty(BrokerConfig.DEFAULT);
    }

    /** World W of spec undermoon 10: ge 6. */
    static Wire sixProxies(BrokerConfig config) {
        Wire wire = empty(config);
        for (int i = 1; i <= 6; i++) {
            wire.register(i, "");
        }
        return wire;
    }

    /** World W and a cluster of that many nodes: ge 7. */
    static Wire cluster(int nodes, BrokerConfig config) {
        Wire wire = sixProxies(config);
        wire.send("POST /clusters/meta/mycluster {\"node_number\":" + nodes + "}");
        return wire;
    }

    static Wire cluster(int nodes) {
        return cluster(nodes, BrokerConfig.DEFAULT);
    }

    /** W, four nodes, four more, and their migrations planned: ge 9. */
    static Wire expanding(BrokerConfig config) {
        Wire wire = cluster(4, config);
        wire.send("PATCH /clusters/nodes/mycluster {\"node_number\":4}");
        wire.send("POST /clusters/migrations/expand/mycluster");
        return wire;
    }

    static Wire expanding() {
        return expanding(BrokerConfig.DEFAULT);
    }

    /** Four proxies with indices 0 … 3, a cluster of four nodes: ge 5. */
    static Wire ordered() {
        Wire wire = empty(BrokerConfig.DEFAULT.withOrderedProxy(true).withMigrationLimit(0));
        for (int i = 1; i <= 4; i++) {
            wire.register(i, ",\"index\":" + (i - 1));
        }
        wire.send("POST /clusters/meta/mycluster {\"node_number\":4}");
        return wire;
    }

    void register(int i, String more) {
        send("POST /proxies/meta {\"proxy_address\":\"" + sp(i) + "\",\"nodes\":[\"" + Worlds.node(2 * i - 1) + "\",\""
                + Worlds.node(2 * i) + "\"]" + more + "}");
    }

    static String sp(int i) {
        return Worlds.sp(i);
    }

    /** Sends a request below {@code /api/v3} and gives the answer as stories write it: {@code 409 RETRY}. */
    String send(String line) {
        return Replay.transcript(reply(line)).replaceAll("^(\\d+) \\{\"error\":\"([A-Z_]+)\"}$", "$1 $2");
    }

    String send(String line, Map<String, String> headers) {
        return Replay.transcript(
                broker.send(Replay.request(below(line), headers)).reply().orElseThrow());
    }

    Reply reply(String line) {
        return sent(line).reply().orElseThrow();
    }

    Client.Sent sent(String line) {
        return broker.send(Replay.request(below(line), null));
    }

    /** {@code GET /x} becomes {@code GET /api/v3/x}; full paths stay. */
    private static String below(String line) {
        return line.contains(" /api/") ? line : line.replaceFirst(" ", " /api/v3");
    }

    JsonNode json(String path) {
        try {
            return JSON.readTree(reply("GET " + path).body().text());
        } catch (JsonProcessingException e) {
            throw new AssertionError(path, e);
        }
    }

    /** The global epoch. */
    String ge() {
        return reply("GET /epoch").body().text();
    }

    /** The epoch of mycluster. */
    String ce() {
        return json("/clusters/meta/mycluster").at("/cluster/epoch").asText();
    }

    /** {@code node_number/node_number_with_slots/is_migrating}. */
    String info() {
        JsonNode info = json("/clusters/info/mycluster");
        return info.get("node_number") + "/" + info.get("node_number_with_slots") + "/" + info.get("is_migrating");
    }

    String metadata() {
        return reply("GET /metadata").body().text();
    }

    /** Who carries what in the view of mycluster: {@code server_proxy1:7001 0-4095 >4096-8191@9}. */
    List<String> slots() {
        List<String> lines = new ArrayList<>();
        for (JsonNode node : json("/clusters/meta/mycluster").at("/cluster/nodes")) {
            StringBuilder line = new StringBuilder(node.get("address").asText());
            node.get("slots").forEach(slots -> line.append(' ').append(slots(slots)));
            if (!node.get("slots").isEmpty()) {
                lines.add(line.toString());
            }
        }
        return lines;
    }

    private static String slots(JsonNode slots) {
        List<String> ranges = new ArrayList<>();
        slots.get("range_list").forEach(range -> ranges.add(range.get(0) + "-" + range.get(1)));
        JsonNode tag = slots.get("tag");
        String arrow = tag.has("Migrating") ? ">" : tag.has("Importing") ? "<" : "";
        String epoch = tag.isTextual() ? "" : "@" + tag.elements().next().get("epoch");
        return arrow + String.join("+", ranges) + epoch;
    }

    /** The epoch of every migration in the store, by its slots: {@code 4096-8191@9}. */
    List<String> tasks() {
        List<String> tasks = new ArrayList<>();
        for (JsonNode parts : json("/metadata").at("/clusters/mycluster/chunks")) {
            for (JsonNode part : parts.get("migrating_slots")) {
                for (JsonNode task : part) {
                    if (task.get("is_migrating").asBoolean()) {
                        JsonNode range = task.get("range_list").get(0);
                        tasks.add(range.get(0) + "-" + range.get(1) + "@" + task.at("/meta/epoch"));
                    }
                }
            }
        }
        return tasks;
    }

    /** Commits with a tag and addresses of nobody. */
    String commit(long epoch, int start, int end) {
        return send(
                "PUT /clusters/migrations {\"cluster_name\":\"mycluster\",\"slot_range\":{\"range_list\":[[" + start
                        + ","
                        + end + "]],\"tag\":{\"Importing\":{\"epoch\":" + epoch
                        + ",\"src_proxy_address\":\"\",\"src_node_address\":\"\",\"dst_proxy_address\":\"\",\"dst_node_address\":\"\"}}}}");
    }

    void passes(long seconds) {
        broker.advance(Duration.ofSeconds(seconds));
    }
}

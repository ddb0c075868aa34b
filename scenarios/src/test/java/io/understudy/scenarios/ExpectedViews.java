package io.understudy.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a broker has to show of a store, worked out from its dump a second time and in another way than the simulator does
 * (spec undermoon 4.1, 4.2, 4.5, 5.6). In v3's words; {@link #asV2} turns nodes into v2's.
 */
final class ExpectedViews {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Spec undermoon 4.5: which node carries part 0 and part 1. */
    private static final Map<String, int[]> CARRIERS = Map.of(
            "Normal", new int[] {0, 2}, "FirstChunkMaster", new int[] {0, 1}, "SecondChunkMaster", new int[] {3, 2});

    private final JsonNode metadata;
    private final long limit;

    /** @param limit how many migrations are shown; 0 = all */
    ExpectedViews(JsonNode metadata, long limit) {
        this.metadata = metadata;
        this.limit = limit;
    }

    ObjectNode cluster(String name) {
        JsonNode stored = metadata.at("/clusters").path(name);
        if (stored.isMissingNode()) {
            return JSON.objectNode().set("cluster", JSON.nullNode());
        }
        ObjectNode view = JSON.objectNode();
        view.set("name", stored.get("name"));
        view.set("epoch", stored.get("epoch"));
        view.set("nodes", nodes(stored));
        view.set("config", stored.get("config"));
        return JSON.objectNode().set("cluster", view);
    }

    ObjectNode info(String name) {
        JsonNode stored = metadata.at("/clusters").path(name);
        Set<JsonNode> shown = shown(stored);
        int withSlots = 0;
        boolean migrates = false;
        for (JsonNode chunk : stored.get("chunks")) {
            for (int part = 0; part < 2; part++) {
                withSlots += stable(chunk, part, shown).isEmpty() ? 0 : 2;
                migrates |= !chunk.get("migrating_slots").get(part).isEmpty();
            }
        }
        return JSON.objectNode()
                .put("name", name)
                .put("node_number", 4 * stored.get("chunks").size())
                .put("node_number_with_slots", withSlots)
                .put("is_migrating", migrates);
    }

    ObjectNode proxy(String address) {
        JsonNode stored = metadata.at("/all_proxies").path(address);
        if (stored.isMissingNode()) {
            return JSON.objectNode().set("proxy", JSON.nullNode());
        }
        ObjectNode view = JSON.objectNode();
        JsonNode cluster = metadata.at("/clusters").path(stored.get("cluster").asText());
        view.set("cluster_name", stored.get("cluster"));
        view.put("address", address);
        if (cluster.isMissingNode()) {
            view.set("epoch", metadata.get("global_epoch"));
            ArrayNode nodes = view.putArray("nodes");
            stored.get("node_addresses").forEach(node -> nodes.add(freeNode(node, address)));
            view.putArray("peers");
            view.set("cluster_config", JSON.nullNode());
        } else {
            view.set("epoch", cluster.get("epoch"));
            ArrayNode own = view.putArray("nodes");
            ArrayNode all = nodes(cluster);
            all.forEach(node -> {
                if (node.get("proxy_address").asText().equals(address)) {
                    own.add(node);
                }
            });
            view.set("peers", peers(all, address));
            view.set("cluster_config", cluster.get("config"));
        }
        return JSON.objectNode().set("proxy", view);
    }

    private static ObjectNode freeNode(JsonNode node, String proxyAddress) {
        ObjectNode view = JSON.objectNode();
        view.set("address", node);
        view.put("proxy_address", proxyAddress).putArray("slots");
        view.putObject("repl").put("role", "master").putArray("peers");
        return view;
    }

    private static ArrayNode peers(ArrayNode nodes, String except) {
        Map<String, ArrayNode> slotsByProxy = new java.util.LinkedHashMap<>();
        for (JsonNode node : nodes) {
            String proxy = node.get("proxy_address").asText();
            if (!proxy.equals(except) && node.at("/repl/role").asText().equals("master")) {
                ArrayNode slots = slotsByProxy.computeIfAbsent(proxy, first -> JSON.arrayNode());
                node.get("slots").forEach(slots::add);
            }
        }
        ArrayNode peers = JSON.arrayNode();
        slotsByProxy.forEach(
                (proxy, slots) -> peers.addObject().put("proxy_address", proxy).set("slots", slots));
        return peers;
    }

    private ArrayNode nodes(JsonNode cluster) {
        Set<JsonNode> shown = shown(cluster);
        ArrayNode nodes = JSON.arrayNode();
        for (JsonNode chunk : cluster.get("chunks")) {
            int[] carriers = carriers(chunk);
            for (int i = 0; i < 4; i++) {
                ObjectNode node = nodes.addObject();
                node.set("address", chunk.get("node_addresses").get(i));
                node.set("proxy_address", chunk.get("proxy_addresses").get(i / 2));
                ArrayNode slots = node.putArray("slots");
                for (int part = 0; part < 2; part++) {
                    if (carriers[part] == i) {
                        slots.addAll(slots(cluster, chunk, part, shown));
                    }
                }
                boolean isMaster = carriers[0] == i || carriers[1] == i;
                ObjectNode peer = node.putObject("repl")
                        .put("role", isMaster ? "master" : "replica")
                        .putArray("peers")
                        .addObject();
                peer.set("node_address", chunk.get("node_addresses").get(3 - i));
                peer.set("proxy_address", chunk.get("proxy_addresses").get((3 - i) / 2));
            }
        }
        return nodes;
    }

    private static int[] carriers(JsonNode chunk) {
        return CARRIERS.get(chunk.get("role_position").asText());
    }

    private static List<JsonNode> slots(JsonNode cluster, JsonNode chunk, int part, Set<JsonNode> shown) {
        List<JsonNode> slots = new ArrayList<>();
        List<int[]> stable = stable(chunk, part, shown);
        if (!stable.isEmpty()) {
            ObjectNode resting = JSON.objectNode();
            ArrayNode ranges = resting.putArray("range_list");
            stable.forEach(range -> ranges.addArray().add(range[0]).add(range[1]));
            slots.add(resting.put("tag", "None"));
        }
        for (JsonNode task : chunk.get("migrating_slots").get(part)) {
            if (shown.contains(identity(task))) {
                ObjectNode moving = JSON.objectNode();
                moving.set("range_list", task.get("range_list"));
                moving.putObject("tag")
                        .set(task.get("is_migrating").asBoolean() ? "Migrating" : "Importing", meta(cluster, task));
                slots.add(moving);
            }
        }
        return slots;
    }

    private static ObjectNode meta(JsonNode cluster, JsonNode task) {
        JsonNode stored = task.get("meta");
        ObjectNode meta = JSON.objectNode();
        meta.set("epoch", stored.get("epoch"));
        for (String end : List.of("src", "dst")) {
            JsonNode chunk =
                    cluster.get("chunks").get(stored.get(end + "_chunk_index").asInt());
            int node = carriers(chunk)[stored.get(end + "_chunk_part").asInt()];
            meta.set(end + "_proxy_address", chunk.get("proxy_addresses").get(node / 2));
            meta.set(end + "_node_address", chunk.get("node_addresses").get(node));
        }
        return meta;
    }

    /** What rests at a part: its stable slots and those of its hidden migrations, sorted and merged. */
    private static List<int[]> stable(JsonNode chunk, int part, Set<JsonNode> shown) {
        List<int[]> ranges = new ArrayList<>(ranges(chunk.get("stable_slots").get(part)));
        for (JsonNode task : chunk.get("migrating_slots").get(part)) {
            if (task.get("is_migrating").asBoolean() && !shown.contains(identity(task))) {
                ranges.addAll(ranges(task));
            }
        }
        ranges.sort(java.util.Comparator.comparingInt(range -> range[0]));
        List<int[]> merged = new ArrayList<>();
        for (int[] range : ranges) {
            int[] last = merged.isEmpty() ? new int[] {-2, -2} : merged.get(merged.size() - 1);
            if (range[0] == last[1] + 1) {
                last[1] = range[1];
            } else {
                merged.add(range);
            }
        }
        return merged;
    }

    private static List<int[]> ranges(JsonNode slots) {
        List<int[]> ranges = new ArrayList<>();
        slots.path("range_list")
                .forEach(range ->
                        ranges.add(new int[] {range.get(0).asInt(), range.get(1).asInt()}));
        return ranges;
    }

    /** Spec undermoon 5.6: so many, and of each source part one. */
    private Set<JsonNode> shown(JsonNode cluster) {
        Set<JsonNode> shown = new HashSet<>();
        for (JsonNode chunk : cluster.get("chunks")) {
            for (JsonNode part : chunk.get("migrating_slots")) {
                for (Iterator<JsonNode> tasks = part.elements(); tasks.hasNext(); ) {
                    JsonNode task = tasks.next();
                    if (task.get("is_migrating").asBoolean() && (limit == 0 || shown.size() < limit)) {
                        shown.add(identity(task));
                        if (limit > 0) {
                            break;
                        }
                    }
                }
            }
        }
        return shown;
    }

    /** What is the same in both halves of a migration. */
    private static JsonNode identity(JsonNode task) {
        return JSON.arrayNode().add(task.get("range_list")).add(task.get("meta"));
    }

    /** The same cluster with v2's nodes (spec undermoon 2.7). */
    static JsonNode asV2(ObjectNode cluster) {
        ObjectNode copy = cluster.deepCopy();
        JsonNode name = copy.at("/cluster/name");
        copy.at("/cluster/nodes").forEach(node -> ((ObjectNode) node).set("cluster_name", name));
        return copy;
    }

    /** The same proxy as v2 shows it (spec undermoon 2.7). */
    static JsonNode proxyAsV2(ObjectNode proxy) {
        JsonNode v3 = proxy.get("proxy");
        if (v3.isNull()) {
            return proxy;
        }
        JsonNode name = v3.get("cluster_name");
        boolean isFree = v3.get("cluster_config").isNull();
        ObjectNode view = JSON.objectNode();
        view.set("address", v3.get("address"));
        view.set("epoch", v3.get("epoch"));
        ArrayNode nodes = view.putArray("nodes");
        ArrayNode free = view.putArray("free_nodes");
        for (JsonNode node : v3.get("nodes").deepCopy()) {
            if (isFree) {
                free.add(node.get("address"));
            } else {
                nodes.add(((ObjectNode) node).set("cluster_name", name));
            }
        }
        ArrayNode peers = view.putArray("peers");
        v3.get("peers").deepCopy().forEach(peer -> peers.add(((ObjectNode) peer).set("cluster_name", name)));
        ObjectNode configs = view.putObject("clusters_config");
        if (!isFree) {
            configs.set(name.asText(), v3.get("cluster_config"));
        }
        return JSON.objectNode().set("proxy", view);
    }
}

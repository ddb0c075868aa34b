package io.understudy.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * With which error code a command must be refused, worked out from the store before it, check by check in the order of
 * spec undermoon 3; the empty string means that it must be accepted.
 */
final class Refusals {
    private static final String NONE = "";

    private final Command command;
    private final Ask ask;
    private final Proxies proxies;
    private final JsonNode metadata;
    private final boolean ordered;

    Refusals(Command command, Ask ask, Proxies proxies, JsonNode metadata) {
        this.command = command;
        this.ask = ask;
        this.proxies = proxies;
        this.metadata = metadata;
        this.ordered = metadata.get("enable_ordered_proxy").asBoolean();
    }

    String code() {
        return switch (command.kind()) {
            case REGISTER -> register();
            case UNREGISTER -> proxy().isMissingNode() ? "PROXY_NOT_FOUND" : isUsed(proxy()) ? "IN_USE" : NONE;
            case FAILOVER -> failover();
            case CREATE -> create();
            case COMMIT -> commit();
            case SET_EPOCH -> number() <= metadata.get("global_epoch").asLong() ? "EPOCH_SMALLER_THAN_CURRENT" : NONE;
            case RESTORE -> restore();
            case DELETE, BALANCE, ADD, GROW, DELETE_FREE, EXPAND, SHRINK, AUTO, CONFIG -> ofCluster();
            case REPORT, FAILURES, CHECK, RECOVER, SET_CONFIG, BROKEN -> NONE;
        };
    }

    // ---- 3.2 ----

    private JsonNode proxy() {
        return metadata.get("all_proxies").path(command.address(proxies));
    }

    private static boolean isUsed(JsonNode proxy) {
        return proxy.hasNonNull("cluster");
    }

    private String register() {
        JsonNode body = Answer.json(ask.body());
        String address = body.get("proxy_address").asText();
        if (!address.contains(":")) {
            return "INVALID_PROXY_ADDRESS";
        }
        if (ordered && !body.hasNonNull("index")) {
            return "MISSING_SERVER_PROXY_INDEX";
        }
        return metadata.get("all_proxies").has(address) ? "ALREADY_EXISTED" : NONE;
    }

    /** 5.8: a spare on another host, or on the same one if a chunk has both halves there. */
    private String failover() {
        if (proxy().isMissingNode()) {
            return "PROXY_NOT_FOUND";
        }
        if (!isUsed(proxy()) || ordered) {
            return NONE;
        }
        String host = proxy().get("host").asText();
        boolean isLinkedToItself = false;
        for (JsonNode hosts : metadata.get("clusters").findValues("hosts")) {
            isLinkedToItself |=
                    hosts.get(0).asText().equals(host) && hosts.get(1).asText().equals(host);
        }
        boolean ownHostWill = isLinkedToItself;
        boolean anyWill = usable(Set.of()).stream()
                .anyMatch(spare -> ownHostWill || !spare.get("host").asText().equals(host));
        return anyWill ? NONE : "NO_AVAILABLE_RESOURCE";
    }

    // ---- 3.3 to 3.6 ----

    private JsonNode cluster() {
        return metadata.get("clusters").path(command.cluster());
    }

    private boolean isBadName() {
        return !command.cluster().matches("[A-Za-z0-9@_-]{1,31}");
    }

    private String create() {
        if (ordered && !metadata.get("clusters").isEmpty()) {
            return "ONE_CLUSTER_ALREADY_EXISTED";
        }
        if (isBadName()) {
            return "INVALID_CLUSTER_NAME";
        }
        if (!cluster().isMissingNode()) {
            return "ALREADY_EXISTED";
        }
        return added(Answer.json(ask.body()).get("node_number").asLong(), 0, Set.of());
    }

    private String ofCluster() {
        if (isBadName()) {
            return "INVALID_CLUSTER_NAME";
        }
        if (cluster().isMissingNode()) {
            return "CLUSTER_NOT_FOUND";
        }
        return switch (command.kind()) {
            case ADD -> isMigrating() ? "MIGRATION_RUNNING" : add("node_number", 0);
            case GROW -> grow();
            case DELETE_FREE ->
                isMigrating() ? "MIGRATION_RUNNING" : freeChunks().isEmpty() ? "FREE_NODE_NOT_FOUND" : NONE;
            case EXPAND -> !hasPartWithoutSlots() ? "SLOTS_ALREADY_EVEN" : isMigrating() ? "MIGRATION_RUNNING" : NONE;
            case SHRINK ->
                hasPartWithoutSlots() ? "FREE_NODE_FOUND" : isMigrating() ? "MIGRATION_RUNNING" : shrunk(nodes());
            case AUTO -> isMigrating() ? "MIGRATION_RUNNING" : auto();
            case CONFIG ->
                isMigrating() ? "MIGRATION_RUNNING" : ask.body().matches(".*(\"0\"|foo).*") ? "INVALID_CONFIG" : NONE;
            default -> NONE;
        };
    }

    private boolean isMigrating() {
        return StoreInvariants.migrates(cluster());
    }

    private int chunks() {
        return cluster().get("chunks").size();
    }

    private long nodes() {
        return 4L * chunks();
    }

    private long number() {
        return Long.parseLong(ask.target().replaceFirst(".*/", ""));
    }

    private boolean hasPartWithoutSlots() {
        boolean found = false;
        for (JsonNode chunk : cluster().get("chunks")) {
            found |= chunk.get("stable_slots").get(0).isNull()
                    || chunk.get("stable_slots").get(1).isNull();
        }
        return found;
    }

    /** Those without slots, of a cluster that does not migrate. */
    private List<JsonNode> freeChunks() {
        List<JsonNode> free = new ArrayList<>();
        for (JsonNode chunk : cluster().get("chunks")) {
            if (chunk.get("stable_slots").get(0).isNull()
                    && chunk.get("stable_slots").get(1).isNull()) {
                free.add(chunk);
            }
        }
        return free;
    }

    private String add(String member, long minus) {
        return added(Answer.json(ask.body()).get(member).asLong() - minus, chunks(), Set.of());
    }

    private String grow() {
        long total = Answer.json(ask.body()).get("cluster_node_number").asLong();
        return total <= nodes()
                ? "NODE_NUM_ALREADY_ENOUGH"
                : isMigrating() ? "MIGRATION_RUNNING" : add("cluster_node_number", nodes());
    }

    private String shrunk(long existing) {
        return number() == 0 || number() % 4 != 0 || number() >= existing ? "INVALID_NODE_NUMBER" : NONE;
    }

    private String auto() {
        List<JsonNode> dropped = freeChunks();
        Set<String> freed = new HashSet<>();
        dropped.forEach(chunk -> chunk.get("proxy_addresses").forEach(address -> freed.add(address.asText())));
        int left = chunks() - dropped.size();
        if (number() == 4L * left) {
            return NONE;
        }
        return number() < 4L * left ? shrunk(4L * left) : added(number() - 4L * left, left, freed);
    }

    /** What stands in the way of so many nodes for a cluster that has so many chunks (5.1). */
    private String added(long nodes, int chunks, Set<String> freed) {
        if (nodes == 0 || nodes % 4 != 0) {
            return "INVALID_NODE_NUMBER";
        }
        List<JsonNode> usable = usable(freed);
        return ordered ? inOrder(usable, (int) nodes / 2, 2 * chunks) : spread(usable, nodes / 2);
    }

    private List<JsonNode> usable(Set<String> freed) {
        Set<String> failed = new HashSet<>();
        metadata.get("failed_proxies").forEach(address -> failed.add(address.asText()));
        List<JsonNode> usable = new ArrayList<>();
        metadata.get("all_proxies").properties().forEach(proxy -> {
            boolean isFree = !isUsed(proxy.getValue()) || freed.contains(proxy.getKey());
            if (isFree
                    && !failed.contains(proxy.getKey())
                    && !metadata.get("failures").has(proxy.getKey())) {
                usable.add(proxy.getValue());
            }
        });
        return usable;
    }

    private static String spread(List<JsonNode> usable, long wanted) {
        Map<String, Integer> byHost = new HashMap<>();
        usable.forEach(proxy -> byHost.merge(proxy.get("host").asText(), 1, Integer::sum));
        int most = byHost.isEmpty() ? 0 : Collections.max(byHost.values());
        int pairable = Math.min(usable.size(), 2 * (usable.size() - most));
        return pairable < wanted ? "NO_AVAILABLE_RESOURCE" : NONE;
    }

    private static String inOrder(List<JsonNode> usable, int wanted, int first) {
        List<Integer> indices = new ArrayList<>();
        usable.forEach(proxy -> indices.add(proxy.get("index").asInt()));
        Collections.sort(indices);
        if (indices.size() < wanted) {
            return "NO_AVAILABLE_RESOURCE";
        }
        for (int i = 0; i < wanted; i++) {
            if (indices.get(i) != first + i) {
                return "PROXY_RESOURCE_OUT_OF_ORDER";
            }
        }
        return NONE;
    }

    private String commit() {
        JsonNode body = Answer.json(ask.body());
        JsonNode cluster =
                metadata.get("clusters").path(body.get("cluster_name").asText());
        JsonNode wanted = body.get("slot_range");
        if (cluster.isMissingNode()) {
            return "CLUSTER_NOT_FOUND";
        }
        if (wanted.get("tag").isTextual()) {
            return "INVALID_MIGRATION_TASK";
        }
        for (JsonNode parts : cluster.get("chunks").findValues("migrating_slots")) {
            for (JsonNode part : parts) {
                for (JsonNode task : part) {
                    if (task.get("range_list").equals(wanted.get("range_list"))
                            && task.at("/meta/epoch").equals(wanted.findValue("epoch"))) {
                        return NONE;
                    }
                }
            }
        }
        return "MIGRATION_TASK_NOT_FOUND";
    }

    // ---- 3.8 ----

    private String restore() {
        JsonNode body = Answer.json(ask.body());
        if (!body.get("version").asText().equals("mem-broker-0.2")) {
            return "INVALID_META_VERSION";
        }
        return body.get("global_epoch").asLong() < metadata.get("global_epoch").asLong()
                ? "EPOCH_SMALLER_THAN_CURRENT"
                : NONE;
    }
}

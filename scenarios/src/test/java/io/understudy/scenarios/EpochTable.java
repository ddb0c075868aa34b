package io.understudy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.understudy.scenarios.Command.Kind;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What a command may do to the store and to its epochs, as spec undermoon 3.9, 5.11 and 6.4.9 say. */
final class EpochTable {
    private static final Map<String, Integer> STATUSES = Map.ofEntries(
            Map.entry("INVALID_CLUSTER_NAME", 400),
            Map.entry("INVALID_NODE_NUMBER", 400),
            Map.entry("INVALID_PROXY_ADDRESS", 400),
            Map.entry("INVALID_MIGRATION_TASK", 400),
            Map.entry("INVALID_CONFIG", 400),
            Map.entry("SLOTS_ALREADY_EVEN", 400),
            Map.entry("MISSING_SERVER_PROXY_INDEX", 400),
            Map.entry("CLUSTER_NOT_FOUND", 404),
            Map.entry("PROXY_NOT_FOUND", 404),
            Map.entry("FREE_NODE_NOT_FOUND", 404),
            Map.entry("MIGRATION_TASK_NOT_FOUND", 404),
            Map.entry("PROXY_NOT_SYNC", 500));

    private static final Set<Kind> ALL_EPOCHS = EnumSet.of(Kind.SET_EPOCH, Kind.RECOVER);

    private final Command command;
    private final Ask ask;
    private final Answer answer;
    private final Proxies proxies;
    private final JsonNode before;
    private final JsonNode after;

    EpochTable(Command command, Ask ask, Answer answer, Proxies proxies, JsonNode before, JsonNode after) {
        this.command = command;
        this.ask = ask;
        this.answer = answer;
        this.proxies = proxies;
        this.before = before;
        this.after = after;
    }

    void check() {
        if (command.kind() == Kind.BROKEN) {
            assertThat(answer.status()).isIn(400, 404, 405, 415);
            assertThat(answer.code()).isEmpty();
            assertUnchanged();
            return;
        }
        checkStatus();
        assertThat(ge(after) - ge(before)).as("growth of the global epoch").isEqualTo(growth());
        if (answer.isOk()) {
            checkSuccess();
        } else {
            checkRefusal();
        }
        checkOtherClusters();
    }

    private void checkStatus() {
        assertThat(answer.code()).isEqualTo(new Refusals(command, ask, proxies, before).code());
        if (!answer.isOk()) {
            assertThat(answer.status()).isEqualTo(STATUSES.getOrDefault(answer.code(), 409));
            assertThat(answer.field("content-type")).contains("application/json");
        }
    }

    private long growth() {
        boolean ok = answer.isOk();
        return switch (command.kind()) {
            case REGISTER -> ok || (answer.status() == 409 && isMarked(proxies.address(registered()))) ? 1 : 0;
            case REPORT -> before.at("/failures").path(command.address(proxies)).has(command.reporter()) ? 0 : 1;
            case EXPAND, SHRINK -> answer.code().equals("INVALID_CLUSTER_NAME") ? 0 : 1;
            case AUTO -> autoGrowth();
            case FAILOVER -> ok ? (clusterOfProxy().isEmpty() ? 0 : 2) : answer.status() == 409 ? 1 : 0;
            case SET_EPOCH -> ok ? Long.parseLong(ask.target().replaceFirst(".*/", "")) - ge(before) : 0;
            case RECOVER -> {
                // max of the proxies' epochs plus 2, which are at most ge; or ge plus 1
                assertThat(ge(after)).isBetween(ge(before) + 1, ge(before) + 2);
                yield ge(after) - ge(before);
            }
            case FAILURES, CHECK, SET_CONFIG, RESTORE -> 0;
            default -> ok ? 1 : 0;
        };
    }

    private int registered() {
        return command.b() == 0 ? 0 : command.a() % proxies.count();
    }

    private boolean isMarked(String address) {
        return before.at("/failures").has(address) || isFailed(before, address);
    }

    private static boolean isFailed(JsonNode metadata, String address) {
        for (JsonNode failed : metadata.get("failed_proxies")) {
            if (failed.asText().equals(address)) {
                return true;
            }
        }
        return false;
    }

    private String clusterOfProxy() {
        return before.at("/all_proxies")
                .path(command.address(proxies))
                .path("cluster")
                .asText("")
                .replace("null", "");
    }

    private long autoGrowth() {
        if (!answer.isOk()
                && Set.of("INVALID_CLUSTER_NAME", "CLUSTER_NOT_FOUND", "MIGRATION_RUNNING")
                        .contains(answer.code())) {
            return 0;
        }
        long wanted = Long.parseLong(ask.target().replaceFirst(".*/", ""));
        long all = 4L * cluster(before).get("chunks").size();
        long free = 4 * freeChunks(cluster(before));
        long dropped = free > 0 ? 1 : 0;
        long existing = all - free;
        if (existing >= wanted) {
            return dropped + (existing == wanted ? 0 : 1);
        }
        return dropped + (answer.isOk() ? 2 : answer.code().equals("PROXY_NOT_SYNC") ? 1 : 0);
    }

    private static long freeChunks(JsonNode cluster) {
        long free = 0;
        for (JsonNode chunk : cluster.get("chunks")) {
            boolean isFree = true;
            for (int part = 0; part < 2; part++) {
                isFree &= chunk.get("stable_slots").get(part).isNull()
                        && chunk.get("migrating_slots").get(part).isEmpty();
            }
            free += isFree ? 1 : 0;
        }
        return free;
    }

    private JsonNode cluster(JsonNode metadata) {
        return metadata.get("clusters").path(command.cluster());
    }

    private void checkSuccess() {
        switch (command.kind()) {
            case CREATE, ADD, GROW, DELETE_FREE, EXPAND, SHRINK, CONFIG, BALANCE ->
                assertThat(cluster(after).get("epoch")).isEqualTo(after.get("global_epoch"));
            case SET_EPOCH, RECOVER ->
                after.get("clusters")
                        .properties()
                        .forEach(cluster ->
                                assertThat(cluster.getValue().get("epoch")).isEqualTo(after.get("global_epoch")));
            case CHECK, SET_CONFIG, RESTORE -> assertUnchanged();
            case FAILURES ->
                assertThat(without(after, "failures"))
                        .as("the purge forgets reports and nothing else")
                        .isEqualTo(without(before, "failures"));
            default -> {
                // said by the growth of the epoch
            }
        }
    }

    private void checkRefusal() {
        switch (command.kind()) {
            case REGISTER ->
                assertThat(without(after, "global_epoch", "failed_proxies", "failures"))
                        .isEqualTo(without(before, "global_epoch", "failed_proxies", "failures"));
            case EXPAND, SHRINK ->
                assertThat(without(after, "global_epoch")).isEqualTo(without(before, "global_epoch"));
            case FAILOVER -> {
                assertThat(isFailed(after, command.address(proxies))).isEqualTo(answer.status() == 409);
                assertThat(without(after, "global_epoch", "failed_proxies", "clusters"))
                        .isEqualTo(without(before, "global_epoch", "failed_proxies", "clusters"));
            }
            case AUTO -> {
                boolean mayHaveDropped = ge(after) > ge(before);
                if (!mayHaveDropped) {
                    assertUnchanged();
                }
            }
            default -> assertUnchanged();
        }
    }

    /** A foreign cluster's change must not move anybody's epoch (P27). */
    private void checkOtherClusters() {
        if (ALL_EPOCHS.contains(command.kind())) {
            return;
        }
        String touched = switch (command.kind()) {
            case FAILOVER -> clusterOfProxy();
            case COMMIT -> Answer.json(ask.body()).get("cluster_name").asText();
            case REGISTER, UNREGISTER, REPORT, FAILURES, CHECK, RESTORE, SET_CONFIG -> "";
            default -> command.cluster();
        };
        before.get("clusters").properties().forEach(cluster -> {
            if (!cluster.getKey().equals(touched)) {
                assertThat(after.get("clusters").get(cluster.getKey())).isEqualTo(cluster.getValue());
            }
        });
    }

    private void assertUnchanged() {
        assertThat(after).isEqualTo(before);
    }

    private static long ge(JsonNode metadata) {
        return metadata.get("global_epoch").asLong();
    }

    private static JsonNode without(JsonNode metadata, String... members) {
        ObjectNode copy = metadata.deepCopy();
        for (String member : members) {
            copy.remove(member);
        }
        return copy;
    }
}

package io.understudy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * All that Reaper shows at one instant.
 *
 * @param clusters what there is to say of each: its status, or why there is none
 * @param runs by id
 * @param segments by the id of their run
 * @param schedules by id
 * @param subscriptions as they are shown
 * @param snapshots by cluster
 */
record ReaperLook(
        Map<String, String> clusters,
        Map<String, JsonNode> runs,
        Map<String, JsonNode> segments,
        Map<String, JsonNode> schedules,
        String subscriptions,
        Map<String, String> snapshots) {
    static ReaperLook at(Client client) {
        Map<String, String> clusters = new TreeMap<>();
        Map<String, String> snapshots = new TreeMap<>();
        for (JsonNode name : ok(client, "/cluster").json()) {
            clusters.put(
                    name.asText(), client.send("GET /cluster/" + name.asText()).body());
            snapshots.put(
                    name.asText(),
                    client.send("GET /snapshot/cluster/" + name.asText()).body());
        }
        Map<String, JsonNode> runs = byId(ok(client, "/repair_run").json());
        Map<String, JsonNode> segments = new TreeMap<>();
        runs.keySet()
                .forEach(id -> segments.put(
                        id, ok(client, "/repair_run/" + id + "/segments").json()));
        return new ReaperLook(
                clusters,
                runs,
                segments,
                byId(ok(client, "/repair_schedule").json()),
                ok(client, "/diag_event/subscription").body(),
                snapshots);
    }

    private static Answer ok(Client client, String path) {
        Answer answer = client.send("GET " + path);
        assertThat(answer.isOk()).as("%s -> %s", path, answer).isTrue();
        return answer;
    }

    private static Map<String, JsonNode> byId(JsonNode list) {
        Map<String, JsonNode> byId = new LinkedHashMap<>();
        list.forEach(one -> byId.put(one.get("id").asText(), one));
        assertThat(byId).hasSize(list.size());
        return byId;
    }

    ReaperTargets targets() {
        List<String> ids = new ArrayList<>();
        Answer.json(subscriptions).forEach(one -> ids.add(one.get("id").asText()));
        return new ReaperTargets(
                runs.entrySet().stream()
                        .map(run -> new ReaperTargets.Run(
                                run.getKey(), run.getValue().get("state").asText()))
                        .toList(),
                List.copyOf(schedules.keySet()),
                ids,
                run -> segments.get(run).findValuesAsText("id"));
    }

    /** The state of a run; empty if there is no such run. */
    String state(String run) {
        JsonNode shown = runs.get(run);
        return shown == null ? "" : shown.get("state").asText();
    }

    /** How many segments of a run are in that state. */
    long count(String run, String state) {
        long count = 0;
        for (JsonNode segment : segments.get(run)) {
            count += segment.get("state").asText().equals(state) ? 1 : 0;
        }
        return count;
    }

    /** What is different from an earlier look, for a failure's message. */
    String since(ReaperLook earlier) {
        return difference("cluster", earlier.clusters, clusters)
                + difference("run", earlier.runs, runs)
                + difference("segments of", earlier.segments, segments)
                + difference("schedule", earlier.schedules, schedules)
                + difference("snapshots of", earlier.snapshots, snapshots);
    }

    private static String difference(String what, Map<String, ?> earlier, Map<String, ?> later) {
        Map<String, Object> all = new TreeMap<>(earlier);
        all.putAll(later);
        StringBuilder difference = new StringBuilder();
        all.forEach((key, value) -> {
            if (!Objects.equals(earlier.get(key), later.get(key))) {
                difference
                        .append("\n")
                        .append(what)
                        .append(' ')
                        .append(key)
                        .append("\n  was ")
                        .append(earlier.get(key))
                        .append("\n  is  ")
                        .append(later.get(key));
            }
        });
        return difference.toString();
    }
}

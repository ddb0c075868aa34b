package io.understudy.undermoon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.understudy.journal.Bytes;
import io.understudy.journal.Headers;
import io.understudy.journal.Reply;
import io.understudy.journal.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Plays the steps of a story to a client and holds the broker to them. */
final class Replay {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CFG = "{\"compression_strategy\":\"disabled\",\"migration_config\":"
            + "{\"max_migration_time\":10800,\"max_blocking_time\":10000,\"scan_interval\":500,\"scan_count\":16}}";

    private final Client client;
    private final BiConsumer<Request, Reply> witness;
    private final Map<String, Client.Sent> waiting = new LinkedHashMap<>();

    /** @param witness sees every exchange */
    Replay(Client client, BiConsumer<Request, Reply> witness) {
        this.client = client;
        this.witness = witness;
    }

    /** Goes through steps without looking at what comes of them; other stories do that. */
    void rush(List<Story.Step> steps) {
        steps.forEach(step -> play(step, false));
    }

    void play(List<Story.Step> steps) {
        steps.forEach(step -> play(step, true));
    }

    private void play(Story.Step step, boolean checked) {
        if (step.advance() != null) {
            client.advance(step.pause());
        }
        if (step.hangUp() != null) {
            waiting.remove(step.hangUp()).hangUp();
        }
        if (step.send() != null) {
            Request request = request(step.send(), step.with());
            Client.Sent sent = client.send(request);
            if (step.as() != null) {
                waiting.put(step.as(), sent);
            }
            if (checked) {
                check(step, request, sent);
            }
        }
        if (checked && step.then() != null) {
            check(step, request("GET /", null), waiting.get(step.then()));
        }
        if (checked) {
            checkState(step);
        }
    }

    private void check(Story.Step step, Request request, Client.Sent sent) {
        if ("waits".equals(step.answers())) {
            assertThat(sent.reply()).as(step.send()).isEmpty();
            return;
        }
        Reply reply = sent.reply().orElseThrow(() -> new AssertionError("no answer to " + step));
        if (step.send() != null) {
            witness.accept(request, reply);
        }
        if (step.answers() != null) {
            assertThat(transcript(reply)).as(step.send()).isEqualTo(expected(step.answers()));
        }
        if (step.begins() != null) {
            assertThat(transcript(reply)).as(step.send()).startsWith(step.begins());
        }
        if (step.gzip() != null) {
            assertThat(reply.gzip()).as("gzip of " + step.send()).isEqualTo(step.gzip());
        }
        if (step.headers() != null) {
            step.headers()
                    .forEach((name, value) ->
                            assertThat(reply.headers().first(name)).as(name).contains(value));
        }
    }

    private void checkState(Story.Step step) {
        if (step.epoch() != null) {
            assertThat(body("/epoch")).as("epoch after " + step.send()).isEqualTo(step.epoch());
        }
        if (step.clusterEpoch() != null) {
            assertThat(json("/clusters/meta/mycluster").at("/cluster/epoch").asText())
                    .as("epoch of mycluster after " + step.send())
                    .isEqualTo(step.clusterEpoch());
        }
        if (step.info() != null) {
            JsonNode info = json("/clusters/info/mycluster");
            assertThat(info.get("node_number") + "/" + info.get("node_number_with_slots") + "/"
                            + info.get("is_migrating"))
                    .as("info after " + step.send())
                    .isEqualTo(step.info());
        }
        if (step.slots() != null) {
            Map<String, String> carrying = slotsByNode();
            carrying.values().removeIf("[]"::equals);
            assertThat(carrying).as("slots after " + step.send()).containsExactlyEntriesOf(step.slots());
        }
        if (step.shown() != null) {
            assertThat(slotsByNode()).as("slots after " + step.send()).containsAllEntriesOf(step.shown());
        }
        if (step.tasks() != null) {
            assertThat(tasks()).as("tasks after " + step.send()).isEqualTo(step.tasks());
        }
        if (step.chunks() != null) {
            assertThat(json("/metadata").at("/clusters/mycluster/chunks").toString())
                    .isEqualTo(step.chunks());
        }
    }

    private Map<String, String> slotsByNode() {
        Map<String, String> slots = new LinkedHashMap<>();
        for (JsonNode node : json("/clusters/meta/mycluster").at("/cluster/nodes")) {
            slots.put(node.get("address").asText(), node.get("slots").toString());
        }
        return slots;
    }

    private List<String> tasks() {
        List<String> tasks = new ArrayList<>();
        for (JsonNode chunk : json("/metadata").at("/clusters/mycluster/chunks")) {
            for (JsonNode part : chunk.get("migrating_slots")) {
                for (JsonNode task : part) {
                    if (task.get("is_migrating").asBoolean()) {
                        tasks.add(task(task));
                    }
                }
            }
        }
        return tasks;
    }

    private static String task(JsonNode task) {
        JsonNode meta = task.get("meta");
        List<String> ranges = new ArrayList<>();
        task.get("range_list").forEach(range -> ranges.add(range.get(0) + "-" + range.get(1)));
        return "(" + meta.get("src_chunk_index") + "," + meta.get("src_chunk_part") + ")->("
                + meta.get("dst_chunk_index") + "," + meta.get("dst_chunk_part") + ") " + String.join(" ", ranges);
    }

    private String body(String path) {
        return client.send(request("GET /api/v3" + path, null))
                .reply()
                .orElseThrow()
                .body()
                .text();
    }

    private JsonNode json(String path) {
        try {
            return JSON.readTree(body(path));
        } catch (JsonProcessingException e) {
            throw new AssertionError(path, e);
        }
    }

    /** A reply as a step would describe it. */
    static String transcript(Reply reply) {
        String contentType = reply.headers().first("content-type").orElse("");
        String body = reply.body().text();
        return switch (contentType) {
            case "" -> reply.status() + (body.isEmpty() ? "" : " no content type, but " + body);
            case "application/json" -> reply.status() + " " + body;
            case "text/plain; charset=utf-8" -> reply.status() + " text " + body;
            default -> reply.status() + " " + contentType + " " + body;
        };
    }

    private static String expected(String answers) {
        return answers.replaceAll("^(\\d+) ([A-Z_]+)$", "$1 {\"error\":\"$2\"}").replace("${CFG}", CFG);
    }

    static Request request(String line, Map<String, String> with) {
        String[] parts = line.split(" ", 3);
        String[] target = parts[1].split("\\?", 2);
        Map<String, String> fields = new LinkedHashMap<>();
        if (parts.length > 2) {
            fields.put("content-type", "application/json");
        }
        if (with != null) {
            fields.putAll(with);
        }
        fields.values().removeIf(String::isEmpty);
        Headers headers = Headers.NONE;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            headers = headers.with(field.getKey(), field.getValue());
        }
        return new Request(
                parts[0],
                target[0],
                target.length > 1 ? target[1] : null,
                headers,
                parts.length > 2 ? Bytes.utf8(parts[2].replace("${CFG}", CFG)) : Bytes.EMPTY,
                "127.0.0.1");
    }
}

package io.understudy.scenarios;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Optional;

/**
 * What came back.
 *
 * @param status the status; {@link #LOST} has 0
 * @param head status line and fields, as they were sent
 * @param body the body as text, after chunking and gzip have been undone
 */
record Answer(int status, String head, String body) {
    /** The connection ended before there was a whole answer. How much of one there was is for TCP to decide, so it is not kept. */
    static final Answer LOST = new Answer(0, "", "");

    private static final ObjectMapper JSON = new ObjectMapper();

    boolean isLost() {
        return status == 0;
    }

    boolean isOk() {
        return status == 200;
    }

    Optional<String> field(String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    JsonNode json() {
        return json(body);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    /** The broker's error code; empty if it is none of the broker's errors. */
    String code() {
        return body.startsWith("{\"error\":") ? json().get("error").asText() : "";
    }

    @Override
    public String toString() {
        return isLost() ? "lost" : status + (body.isEmpty() ? "" : " " + body);
    }
}

package io.understudy.undermoon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.understudy.journal.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The OpenAPI document, to hold replies against. */
final class OpenApiDocument {
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode root;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonNode, Schema> schemas = new HashMap<>();

    private OpenApiDocument(JsonNode root) {
        this.root = root;
    }

    static OpenApiDocument undermoon() {
        try (InputStream in = OpenApiDocument.class.getResourceAsStream("/io/understudy/openapi/undermoon.yaml")) {
            return new OpenApiDocument(new YAMLMapper().readTree(in));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code GET /api/v3/epoch} to the operation's id, for every server and path. */
    Map<String, String> routes() {
        Map<String, String> routes = new LinkedHashMap<>();
        for (JsonNode server : root.get("servers")) {
            root.get("paths")
                    .properties()
                    .forEach(path -> METHODS.stream()
                            .filter(method -> path.getValue().has(method))
                            .forEach(method -> routes.put(
                                    method.toUpperCase(java.util.Locale.ROOT) + " "
                                            + server.get("url").asText() + path.getKey(),
                                    path.getValue()
                                            .get(method)
                                            .get("operationId")
                                            .asText())));
        }
        return routes;
    }

    /** Whether the reply is one that the document allows to the operation. */
    void check(String operation, Reply reply) {
        String what = operation + " " + Replay.transcript(reply);
        JsonNode responses =
                operation(operation.substring("undermoon.".length())).get("responses");
        JsonNode response = resolved(responses.path(Integer.toString(reply.status())));
        assertThat(response.isMissingNode()).as("no such status: %s", what).isFalse();
        String contentType = reply.headers().first("content-type").orElse("").split(";")[0];
        if (contentType.isEmpty()) {
            assertThat(responses.path("200").path("$ref").asText()).as(what).endsWith("/Done");
            assertThat(reply.body().size()).as(what).isZero();
            return;
        }
        JsonNode media = response.path("content").path(contentType);
        assertThat(media.isMissingNode()).as("no such content type: %s", what).isFalse();
        assertThat(schema(media.get("schema")).validate(value(contentType, reply)))
                .as(what)
                .isEmpty();
    }

    private static JsonNode value(String contentType, Reply reply) {
        String text = reply.body().text();
        try {
            return contentType.equals("application/json") ? JSON.readTree(text) : JSON.valueToTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private JsonNode operation(String id) {
        for (JsonNode path : root.get("paths")) {
            for (String method : METHODS) {
                if (path.path(method).path("operationId").asText().equals(id)) {
                    return path.get(method);
                }
            }
        }
        throw new AssertionError("the document has no operation " + id);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
    }

    private Schema schema(JsonNode part) {
        return schemas.computeIfAbsent(part, it -> {
            ObjectNode whole = JSON.createObjectNode();
            whole.putArray("allOf").add(it);
            whole.set("components", root.get("components"));
            return registry.getSchema(whole);
        });
    }
}

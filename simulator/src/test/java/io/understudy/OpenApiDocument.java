package io.understudy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.understudy.journal.Exchange;
import io.understudy.journal.Journal;
import io.understudy.journal.Match;
import io.understudy.journal.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The OpenAPI document of a system, to hold replies against.
 *
 * <p>Systems send sentences under {@code application/json} which are no JSON. The documents describe them as strings, and a body that
 * is neither JSON nor a JSON text in quotes is held against them as it stands.
 */
public final class OpenApiDocument {
    private static final List<String> METHODS = List.of("get", "head", "put", "post", "delete", "patch");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String system;
    private final JsonNode root;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonNode, Schema> schemas = new HashMap<>();

    private OpenApiDocument(String system, JsonNode root) {
        this.system = system;
        this.root = root;
    }

    public static OpenApiDocument of(String system) {
        try (InputStream in = OpenApiDocument.class.getResourceAsStream("/io/understudy/openapi/" + system + ".yaml")) {
            return new OpenApiDocument(system, new YAMLMapper().readTree(in));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code GET /api/v3/epoch undermoon.getEpoch} for every server, path and method. */
    Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        root.get("paths").properties().forEach(path -> {
            for (JsonNode server : path.getValue().path("servers").isMissingNode()
                    ? root.get("servers")
                    : path.getValue().get("servers")) {
                METHODS.stream()
                        .filter(method -> path.getValue().has(method))
                        .forEach(method -> routes.add(method.toUpperCase(Locale.ROOT) + " "
                                + prefix(server.get("url").asText())
                                + path.getKey().replaceFirst("#.*", "") + " "
                                + system + "."
                                + name(path.getValue().get(method))));
            }
        });
        return routes;
    }

    /** The path of a server's URL. */
    private static String prefix(String url) {
        return URI.create(url.replaceAll("[{}]", "")).getPath();
    }

    /** An operation's id must be unique in the document; where several routes are one operation, {@code x-operation} is its name. */
    private static String name(JsonNode operation) {
        return operation.path("x-operation").asText(operation.get("operationId").asText());
    }

    /** Whether every reply of the system in the journal is one that the document allows, other than those that faults have made. */
    public void check(Journal journal) {
        for (Exchange exchange : journal.exchanges(Match.system(system))) {
            boolean ownReply = exchange.reply() != null && exchange.faults().isEmpty();
            if (ownReply && !exchange.operation().equals(system + ".unrouted")) {
                check(exchange.operation(), exchange.request().method(), exchange.reply());
            }
        }
    }

    /** Whether the reply is one that the document allows to the operation. */
    public void check(String operation, Reply reply) {
        check(operation, "", reply);
    }

    private void check(String operation, String method, Reply reply) {
        String what = operation + " " + reply.status() + " " + reply.headers() + " "
                + reply.body().text();
        JsonNode response = resolved(operation(operation).get("responses").path(Integer.toString(reply.status())));
        assertThat(response.isMissingNode()).as("no such status: %s", what).isFalse();
        checkHeaders(response, reply, what);
        String contentType = reply.headers().first("content-type").orElse("").split(";")[0];
        if (contentType.isEmpty()) {
            assertThat(response.has("content")
                            && !response.path("x-may-be-empty").asBoolean()
                            && !method.equals("HEAD"))
                    .as("must have a body: %s", what)
                    .isFalse();
            assertThat(reply.body().size()).as(what).isZero();
            return;
        }
        JsonNode media = response.path("content").path(contentType);
        assertThat(media.isMissingNode()).as("no such content type: %s", what).isFalse();
        if (!method.equals("HEAD")) {
            assertThat(schema(media.get("schema"))
                            .validate(value(contentType, reply.body().text())))
                    .as(what)
                    .isEmpty();
        }
    }

    private void checkHeaders(JsonNode response, Reply reply, String what) {
        response.path("headers").properties().forEach(entry -> {
            JsonNode header = resolved(entry.getValue());
            if (header.path("required").asBoolean() || reply.headers().contains(entry.getKey())) {
                String value = reply.headers().first(entry.getKey()).orElse("");
                assertThat(schema(header.get("schema")).validate(TextNode.valueOf(value)))
                        .as("%s of %s", entry.getKey(), what)
                        .isEmpty();
            }
        });
    }

    private static JsonNode value(String contentType, String text) {
        if (!contentType.equals("application/json")) {
            return TextNode.valueOf(text);
        }
        try {
            JsonNode json = JSON.readTree(text);
            return json.isMissingNode() || json.isTextual() ? TextNode.valueOf(text) : json;
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    private JsonNode operation(String operation) {
        String name = operation.substring(system.length() + 1);
        for (JsonNode path : root.get("paths")) {
            for (String method : METHODS) {
                if (path.has(method) && name(path.get(method)).equals(name)) {
                    return path.get(method);
                }
            }
        }
        throw new AssertionError("the document has no operation " + operation);
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

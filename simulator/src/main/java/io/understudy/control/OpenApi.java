package io.understudy.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The description of the control API. It is written by hand, except that what is about a world is written once and stands in the
 * document a second time under {@code /worlds/{world}}.
 */
final class OpenApi {
    private static final String RESOURCE = "/io/understudy/openapi/control.yaml";

    private OpenApi() {}

    static Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>(written());
        Map<String, Object> paths = new LinkedHashMap<>(mapping(document, "paths"));
        for (Operation operation : Operations.all()) {
            if (operation.ofWorld() && !paths.containsKey(ControlApi.OF_WORLD + operation.path())) {
                paths.put(ControlApi.OF_WORLD + operation.path(), inWorld(mapping(paths, operation.path())));
            }
        }
        document.put("paths", paths);
        return document;
    }

    private static Map<String, Object> written() {
        try (InputStream in = Objects.requireNonNull(OpenApi.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            @SuppressWarnings("unchecked") // a mapping is read as a map from its names
            Map<String, Object> document = new ObjectMapper(new YAMLFactory()).readValue(in, Map.class);
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> inWorld(Map<String, Object> item) {
        Map<String, Object> twin = new LinkedHashMap<>();
        List<Object> parameters = new ArrayList<>();
        parameters.add(Map.of("$ref", "#/components/parameters/world"));
        if (item.get("parameters") instanceof List<?> own) {
            parameters.addAll(own);
        }
        twin.put("parameters", parameters);
        item.forEach((method, operation) -> {
            if (operation instanceof Map<?, ?> map) {
                Map<String, Object> named = new LinkedHashMap<>();
                map.forEach((key, value) -> named.put(String.valueOf(key), value));
                named.put("operationId", map.get("operationId") + "InWorld");
                twin.put(method, named);
            }
        });
        return twin;
    }

    @SuppressWarnings("unchecked") // a mapping is read as a map from its names
    private static Map<String, Object> mapping(Map<String, Object> in, String name) {
        return (Map<String, Object>) Objects.requireNonNull(in.get(name), name);
    }
}

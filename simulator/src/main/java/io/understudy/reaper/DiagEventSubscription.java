package io.understudy.reaper;

import io.understudy.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription of diagnostic events (spec reaper 2.9).
 *
 * @param id its id, of version 4
 * @param cluster the cluster's name, as given
 * @param description what it is for
 * @param nodes the nodes to listen to
 * @param events full names of event classes
 * @param exportSse whether events are offered as a stream
 * @param exportFileLogger the logger that gets them; null = none
 * @param exportHttpEndpoint the URL that they are posted to; null = none
 */
record DiagEventSubscription(
        UUID id,
        String cluster,
        @Nullable String description,
        List<String> nodes,
        List<String> events,
        boolean exportSse,
        @Nullable String exportFileLogger,
        @Nullable String exportHttpEndpoint) {
    DiagEventSubscription {
        nodes = List.copyOf(nodes);
        events = List.copyOf(events);
    }

    /** As it is shown, and sent with every ping. */
    String json() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", id.toString());
        fields.put("cluster", cluster);
        fields.put("description", description);
        fields.put("nodes", nodes);
        fields.put("events", events);
        fields.put("export_sse", exportSse);
        fields.put("export_file_logger", exportFileLogger);
        fields.put("export_http_endpoint", exportHttpEndpoint);
        return Json.write(fields);
    }
}

package io.understudy.reaper;

import io.understudy.json.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A diagnostic event of a node (spec reaper 1.10).
 *
 * @param cluster the cluster's symbolic name
 * @param node the node it happened on
 * @param eventClass the full name of its class
 * @param eventType its type within the class
 * @param timestamp when it happened
 * @param payload what the node says of it, besides class, type and time
 */
record DiagEvent(
        String cluster,
        String node,
        String eventClass,
        String eventType,
        Instant timestamp,
        Map<String, Object> payload) {
    static final String GOSSIPER_EVENT = "org.apache.cassandra.gms.GossiperEvent";

    /** The object that subscribers get. */
    String json() {
        return Json.write(fields());
    }

    Map<String, Object> fields() {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("class", eventClass);
        event.put("type", eventType);
        event.put("ts", timestamp.toEpochMilli());
        event.putAll(payload);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("cluster", cluster);
        fields.put("node", node);
        fields.put("eventClass", eventClass);
        fields.put("eventType", eventType);
        fields.put("timestamp", timestamp.toEpochMilli());
        fields.put("event", event);
        return fields;
    }
}

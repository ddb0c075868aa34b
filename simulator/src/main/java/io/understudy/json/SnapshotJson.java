package io.understudy.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.understudy.world.Event;
import io.understudy.world.Kernel;
import io.understudy.world.Part;
import io.understudy.world.PendingEvent;
import io.understudy.world.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A world's {@link Snapshot} as a JSON document.
 *
 * <p>A pending event's {@code kind} is the simple name of its class. A stream of chance is written as 16 hexadecimal digits:
 * tools that take numbers for doubles would change it.
 */
public final class SnapshotJson {
    /** The document; its members are those of {@link Snapshot}. */
    record Document(
            int version,
            long seed,
            Instant now,
            String mode,
            long nextSequence,
            List<Planned> pending,
            Map<String, String> streams,
            Map<String, JsonNode> parts) {}

    /** An event to come. */
    record Planned(Instant at, long sequence, String part, String kind, JsonNode event) {}

    private SnapshotJson() {}

    /** The snapshot as JSON. */
    public static String write(Snapshot snapshot) {
        List<Planned> pending = new ArrayList<>();
        for (PendingEvent planned : snapshot.pending()) {
            Event event = planned.event();
            pending.add(new Planned(
                    planned.at(),
                    planned.sequence(),
                    planned.part(),
                    event.getClass().getSimpleName(),
                    Json.tree(event)));
        }
        Map<String, String> streams = new TreeMap<>();
        snapshot.streams().forEach((name, position) -> streams.put(name, String.format("%016x", position)));
        Map<String, JsonNode> parts = new LinkedHashMap<>();
        snapshot.parts().forEach((name, state) -> parts.put(name, Json.tree(state)));
        return Json.write(new Document(
                snapshot.version(),
                snapshot.seed(),
                snapshot.now(),
                snapshot.mode(),
                snapshot.nextSequence(),
                pending,
                streams,
                parts));
    }

    /**
     * Reads the snapshot of a world with the same parts as this one. It changes nothing; {@link Kernel#restore} then does.
     *
     * @throws BadJson if it is no snapshot, of another version, or of parts that this world does not have
     */
    public static Snapshot read(String json, Kernel world) {
        JsonNode tree = Json.tree(json);
        requireVersion(tree);
        Document document = Json.convert(tree, Document.class);
        Map<String, Object> parts = new LinkedHashMap<>();
        document.parts()
                .forEach((name, state) -> parts.put(
                        name, Json.convert(state, part(world, name, "/parts").stateType(), "/parts/" + name)));
        List<PendingEvent> pending = new ArrayList<>();
        for (Planned planned : document.pending()) {
            pending.add(event(planned, world, "/pending/" + pending.size()));
        }
        Map<String, Long> streams = new TreeMap<>();
        document.streams().forEach((name, position) -> streams.put(name, position(name, position)));
        return new Snapshot(
                document.version(),
                document.seed(),
                document.now(),
                document.mode(),
                document.nextSequence(),
                pending,
                streams,
                parts);
    }

    /** Asked first: of another version, other members may be right. */
    private static void requireVersion(JsonNode tree) {
        JsonNode version = tree.path("version");
        if (!version.isInt()) {
            throw new BadJson("this is no snapshot of a world: the member 'version' is missing or no number", null);
        }
        if (version.intValue() != Snapshot.VERSION) {
            throw new BadJson(
                    "the snapshot is of version " + version + "; this release reads version " + Snapshot.VERSION, null);
        }
    }

    private static Part<?> part(Kernel world, String name, String at) {
        try {
            return world.part(name);
        } catch (IllegalArgumentException e) {
            throw new BadJson(Explanation.at(at, String.valueOf(e.getMessage())), e);
        }
    }

    private static PendingEvent event(Planned planned, Kernel world, String at) {
        Part<?> part = part(world, planned.part(), at + "/part");
        for (Class<? extends Event> type : part.eventTypes()) {
            if (type.getSimpleName().equals(planned.kind())) {
                Event event = Json.convert(planned.event(), type, at + "/event");
                return new PendingEvent(planned.at(), planned.sequence(), planned.part(), event);
            }
        }
        throw new BadJson(
                Explanation.at(
                        at + "/kind",
                        planned.part() + " has no event '" + planned.kind() + "'; it has "
                                + part.eventTypes().stream()
                                        .map(Class::getSimpleName)
                                        .sorted()
                                        .toList()),
                null);
    }

    private static long position(String name, String text) {
        try {
            return Long.parseUnsignedLong(text, 16);
        } catch (NumberFormatException e) {
            throw new BadJson(
                    Explanation.at(
                            "/streams/" + name, "'" + text + "' is no position; it is up to 16 hexadecimal digits"),
                    e);
        }
    }
}

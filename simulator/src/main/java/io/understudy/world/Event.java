package io.understudy.world;

/**
 * Something that is due at an instant, as data: a record of the {@linkplain Part part} that scheduled it.
 *
 * <p>An event's kind in a snapshot is its class's simple name, so that name must be unique within the part and stays the
 * same between releases that share a snapshot version.
 */
public interface Event {
    /** The kind under which people are told of this event. */
    default String kind() {
        return getClass().getSimpleName();
    }
}

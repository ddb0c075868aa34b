package io.understudy.reaper;

/**
 * What a command has left behind.
 *
 * @param change what it did: 201, 200, or 204
 * @param value what is there now, whether or not the command put it there
 */
record Written<T>(Change change, T value) {
    /** What was done. */
    enum Change {
        CREATED,
        UPDATED,
        UNCHANGED
    }

    static <T> Written<T> created(T value) {
        return new Written<>(Change.CREATED, value);
    }

    static <T> Written<T> updated(T value) {
        return new Written<>(Change.UPDATED, value);
    }

    static <T> Written<T> unchanged(T value) {
        return new Written<>(Change.UNCHANGED, value);
    }
}

package io.understudy.undermoon;

/** What can never be. A violation is a defect of the model, not of its caller. */
final class Invariant {
    private Invariant() {}

    static void check(boolean holds, String statement) {
        if (!holds) {
            throw new IllegalStateException("broken invariant: " + statement);
        }
    }
}

package io.understudy.junit;

import java.util.Arrays;
import org.opentest4j.TestAbortedException;

/**
 * The world as one test meets it.
 *
 * @param onAir the world
 * @param isOwn whether it ends with the test
 * @param test the test as Surefire's {@code -Dtest} takes it
 */
record TestWorld(OnAir onAir, boolean isOwn, String test) implements AutoCloseable {
    /** Adds the world to that failure of the test, once. A test that was aborted has not failed. */
    void addTo(Throwable failure) {
        boolean isThere = Arrays.stream(failure.getSuppressed()).anyMatch(WorldAtFailure.class::isInstance);
        if (isThere || failure instanceof TestAbortedException) {
            return;
        }
        try {
            failure.addSuppressed(WorldAtFailure.of(onAir, test));
        } catch (RuntimeException e) {
            failure.addSuppressed(e); // whatever is wrong with the world must not hide what is wrong with the test
        }
    }

    @Override
    public void close() {
        if (isOwn) {
            onAir.simulation().close();
        }
    }
}

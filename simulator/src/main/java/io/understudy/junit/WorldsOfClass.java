package io.understudy.junit;

import io.understudy.Simulation;
import io.understudy.WorldBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The worlds of one test class, and of the nested classes that share its description.
 *
 * <p>There is one for the class, begun when it is first needed. Tests that run one after the other have it in turn, each time
 * wound back to the beginning. A test that may run beside others of the class has a world of its own while it runs; then nothing
 * that outlives a test may hold the class's world, because it would look at a world in which no test takes place.
 */
final class WorldsOfClass implements AutoCloseable {
    /** The configuration parameter or system property that overrides every seed. */
    static final String SEED = "understudy.seed";

    private final WorldBuilder description;
    private final Reset reset;
    private final ExtensionContext home;
    private final @Nullable Long imposedSeed;
    private @Nullable OnAir common;
    /** What holds the common world from before the first test until after the last. */
    private @Nullable String holder;
    /** A test that had a world of its own. */
    private @Nullable String loner;

    /**
     * No world yet.
     *
     * @param home the context with whose end theirs comes
     */
    WorldsOfClass(WorldBuilder description, Reset reset, ExtensionContext home) {
        this.description = description;
        this.reset = reset;
        this.home = home;
        this.imposedSeed = home.getConfigurationParameter(SEED)
                .map(WorldsOfClass::readSeed)
                .orElse(null);
    }

    private static Long readSeed(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new ExtensionConfigurationException(SEED + " is '" + text + "'; it must be a whole number", e);
        }
    }

    private boolean endWith(ExtensionContext context) {
        return home.getUniqueId().equals(context.getUniqueId());
    }

    /** The world of the class, for something that outlives a single test. */
    synchronized Simulation forAll(String newHolder) {
        if (loner != null) {
            throw conflict(newHolder, loner);
        }
        if (reset == Reset.EACH_TEST) {
            holder = newHolder;
        }
        return common().simulation();
    }

    /** The world of a test that is about to begin. */
    TestWorld forTest(ExtensionContext context) {
        String test = Contexts.nameOf(context);
        if (reset == Reset.EACH_TEST && runsBesideOthers(context)) {
            return new TestWorld(alone(test), true, test);
        }
        return new TestWorld(inTurn(), false, test);
    }

    private OnAir alone(String test) {
        synchronized (this) {
            if (holder != null) {
                throw conflict(holder, test);
            }
            loner = test;
        }
        return OnAir.start(description, imposedSeed);
    }

    private synchronized OnAir inTurn() {
        OnAir onAir = common();
        if (reset == Reset.EACH_TEST) {
            onAir.rewind();
        }
        return onAir;
    }

    private OnAir common() {
        if (common != null && !common.simulation().isOpen()) {
            if (holder != null) {
                throw new ExtensionConfigurationException("a test has closed the simulation that " + holder + " holds");
            }
            common = null;
        }
        if (common == null) {
            common = OnAir.start(description, imposedSeed);
        }
        return common;
    }

    private static ExtensionConfigurationException conflict(String holder, String test) {
        return new ExtensionConfigurationException(holder + " holds one world for all tests, but " + test
                + " runs beside others and has a world of its own. Let the test take it as a parameter or in an instance field,"
                + " or run the tests one after the other (@Execution(SAME_THREAD)),"
                + " or let them share one world (reset = NEVER)");
    }

    /** Whether another test that shares this description may run at the same time. */
    private boolean runsBesideOthers(ExtensionContext context) {
        return Contexts.outwards(context).takeWhile(each -> !endWith(each)).anyMatch(Contexts::isConcurrent);
    }

    /** Adds the world of the class to a failure outside any test. */
    synchronized void addTo(Throwable failure) {
        if (common != null) {
            new TestWorld(common, false, Contexts.nameOf(home)).addTo(failure);
        }
    }

    void closeIfEndsWith(ExtensionContext context) {
        if (endWith(context)) {
            close();
        }
    }

    @Override
    public synchronized void close() {
        if (common != null) {
            common.simulation().close();
            common = null;
        }
    }
}

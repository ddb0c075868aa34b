package io.understudy.junit;

/** When the world of a test class goes back to its initial state: time, seed, systems, faults, journal. */
public enum Reset {
    /**
     * Before each test, so that none depends on another. Tests that run one after the other share their listeners; tests that
     * run concurrently have a world each.
     */
    EACH_TEST,

    /** Never: the tests of the class are chapters of one story, and all of them, also concurrent ones, share one world. */
    NEVER
}

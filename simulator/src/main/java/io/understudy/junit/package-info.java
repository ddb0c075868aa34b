/**
 * Worlds for JUnit tests: {@link io.understudy.junit.Understudy @Understudy} on a class, or an
 * {@link io.understudy.junit.UnderstudyExtension} registered by hand.
 *
 * <pre>{@code
 * @Understudy(seed = 42)
 * class BrokerClientTest {
 *   @Test void listsClusters(UndermoonSimulator undermoon, World world) { new BrokerClient(undermoon.baseUrl()) … }
 * }
 * }</pre>
 *
 * <h2>What a test can ask for</h2>
 *
 * <p>A {@link io.understudy.World}, the {@link io.understudy.Simulation} that has it on the air, and the
 * {@link io.understudy.system.Simulator} of any of its systems: as a parameter of constructors, test and lifecycle methods, or as a
 * field of that type, static or not, of any visibility, inherited or not. Fields need no annotation; those that are final or have
 * a value already are left alone.
 *
 * <h2>Which world it gets</h2>
 *
 * <ul>
 *   <li>Before each test the world is at its beginning: time, seed, systems, faults and journal
 *       ({@link io.understudy.junit.Reset#EACH_TEST}).
 *   <li>Tests that run one after the other, also those of {@code @Nested} classes, have the world of the class in turn. Its URLs
 *       stay the same, and winding it back costs next to nothing.
 *   <li>A test that may run beside others of its class has a world of its own. What outlives a test (static fields, the fields
 *       of {@code PER_CLASS} instances, parameters of {@code @BeforeAll}) cannot hold one then, and is refused in words.
 *   <li>Classes never share a world, so that they may run concurrently as they are.
 *   <li>Under {@link io.understudy.junit.Reset#NEVER} the class has one world for all its tests, concurrent or not.
 *   <li>The dynamic tests of one {@code @TestFactory} share one world.
 * </ul>
 *
 * <h2>When a test fails</h2>
 *
 * <p>Its failure carries a suppressed exception which shows the seed, the end of the journal, the fault rules and a command that
 * runs the same once more. {@code -Dunderstudy.seed=N} (or the JUnit configuration parameter {@code understudy.seed}) overrides the
 * seed of every world.
 *
 * <h2>Which JUnit</h2>
 *
 * <p>Jupiter 5.10 to 6. Before 5.12 constructors are not told which test they are called for: with a lifecycle per method they get
 * the world of the class as the previous test left it, and are refused in concurrent tests. Before 5.13 the world of a test whose
 * constructor fails stays on the air until the process ends. All else works throughout.
 *
 * <h2>The room</h2>
 *
 * <p>{@link io.understudy.junit.UnderstudyExtension} is what JUnit calls; it remembers nothing. {@code Worlds} finds in JUnit's
 * store the {@code WorldsOfClass} (which world for which test) and the {@code TestWorld} of the test that is going on.
 * {@code Handle} and {@code Fields} hand them out, {@code WorldAtFailure} shows one, {@code AnnotatedWorld} reads the annotation.
 */
@NullMarked
package io.understudy.junit;

import org.jspecify.annotations.NullMarked;

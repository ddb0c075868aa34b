package io.understudy.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a world of emulated systems.
 *
 * <pre>{@code
 * @Understudy(seed = 42, systems = "undermoon")
 * class BrokerClientTest {
 *   @Test void listsClusters(UndermoonSimulator undermoon, World world) { new BrokerClient(undermoon.baseUrl()) … }
 * }
 * }</pre>
 *
 * <p>Subclasses inherit it, and {@code @Nested} classes share the world of the class around them unless they bear the annotation
 * themselves. It may be put on an annotation of your own. What is written here in text is checked before the first test, and
 * fails the class if it is wrong.
 *
 * @see UnderstudyExtension
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(UnderstudyExtension.class)
public @interface Understudy {
    /**
     * The seed all chance is drawn from. {@code -Dunderstudy.seed=N}, or a JUnit configuration parameter of that name, overrides
     * it.
     */
    long seed() default 0;

    /** The names of the systems, such as {@code "undermoon"}; all when none is named. */
    String[] systems() default {};

    /** How time moves: {@code manual}, {@code per-request:STEP}, {@code real} or {@code real:SPEED}. */
    String clock() default "per-request:1s";

    /** Profiles, each as {@code SYSTEM=PROFILE}. */
    String[] profile() default {};

    /** Initial states, each as {@code SYSTEM=PRESET}. */
    String[] preset() default {};

    /** Knobs, each as {@code SYSTEM.KNOB=VALUE}, such as {@code "undermoon.failureTtl=30s"}. */
    String[] set() default {};

    /** Quirks, each as {@code SYSTEM.QUIRK=on} or {@code =off}. */
    String[] quirk() default {};

    /** When the world goes back to its initial state. */
    Reset reset() default Reset.EACH_TEST;
}

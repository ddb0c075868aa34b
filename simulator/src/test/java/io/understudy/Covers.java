package io.understudy;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The numbered pitfalls of a spec which a test holds, each as {@code "<system> <number>"}: {@code @Covers("undermoon P17")}.
 * A paragraph may be named in the same way: {@code @Covers("undermoon 2.3")}.
 *
 * <p>The numbers of a system stand in {@code pitfalls/<system>.txt} among the test resources of the simulator.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Covers {

    String[] value();
}

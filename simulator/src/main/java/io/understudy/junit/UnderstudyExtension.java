package io.understudy.junit;

import io.understudy.Simulation;
import io.understudy.WorldBuilder;
import io.understudy.system.Preset;
import io.understudy.world.ClockMode;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives tests a world: through {@link Understudy}, or registered by hand where the description is to be written in Java.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final UnderstudyExtension understudy =
 *     UnderstudyExtension.builder().seed(42).preset(UndermoonPreset.worldSixProxies()).build();
 * }</pre>
 *
 * <p>A static field gives one world to the class, which its tests have in turn; an instance field gives every test a world
 * with listeners of its own. See the {@linkplain io.understudy.junit package} for what tests can ask for, and for what happens
 * when they run concurrently.
 */
public final class UnderstudyExtension
        implements BeforeAllCallback,
                AfterAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                ParameterResolver,
                TestExecutionExceptionHandler,
                InvocationInterceptor {
    private final Worlds worlds;

    /** For JUnit: the world is described by {@link Understudy} on the test class, or else has all defaults. */
    public UnderstudyExtension() {
        this.worlds = new Worlds(null, Reset.EACH_TEST);
    }

    private UnderstudyExtension(WorldBuilder description, Reset reset) {
        this.worlds = new Worlds(description, reset);
    }

    /** Begins the description of a world. */
    public static Builder builder() {
        return new Builder();
    }

    // ---- the life of a world ----

    @Override
    public void beforeAll(ExtensionContext context) {
        WorldsOfClass ofClass = worlds.ofClass(context);
        Class<?> type = context.getRequiredTestClass();
        boolean isBesideOthers = Contexts.outwards(context).anyMatch(Contexts::isConcurrent);
        worlds.filled(context, Fields.fillStatic(type, field -> {
            if (isBesideOthers && field.getDeclaringClass() != type) {
                throw new IllegalArgumentException(
                        "the classes that inherit it may run concurrently and would share it; declare it in "
                                + type.getSimpleName() + " itself, or make it an instance field");
            }
            return Handle.of(field.getType(), ofClass.forAll(Fields.nameOf(field)));
        }));
        fillInstances(context, field -> ofClass.forAll(Fields.nameOf(field)));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Simulation simulation = worlds.ofTest(context).onAir().simulation();
        fillInstances(context, field -> simulation);
    }

    private static void fillInstances(ExtensionContext context, Function<Field, Simulation> simulations) {
        context.getTestInstances()
                .ifPresent(instances -> instances
                        .getAllInstances()
                        .forEach(instance ->
                                Fields.fill(instance, field -> Handle.of(field.getType(), simulations.apply(field)))));
    }

    // JUnit's store closes what is AutoCloseable, but only from 5.13 on, hence what is closed below. The store alone
    // closes the world of a test whose constructor fails: that test has no afterEach.

    @Override
    public void afterEach(ExtensionContext context) {
        worlds.startedFor(context).ifPresent(world -> {
            context.getExecutionException().ifPresent(world::addTo);
            world.close();
        });
        worlds.describedFor(context).ifPresent(ofClass -> ofClass.closeIfEndsWith(context));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        worlds.describedFor(context).ifPresent(ofClass -> {
            context.getExecutionException().ifPresent(ofClass::addTo);
            ofClass.closeIfEndsWith(context);
        });
        Fields.empty(worlds.forgetFilled(context));
    }

    // ---- failures ----

    /** The world is shown as it is when the test fails, before anything is tidied up. */
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        worlds.ofTest(context).addTo(failure);
        throw failure;
    }

    @Override
    public void interceptDynamicTest(
            Invocation<@Nullable Void> invocation, DynamicTestInvocationContext dynamicTest, ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            worlds.ofTest(context).addTo(failure);
            throw failure;
        }
    }

    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> invocation, ReflectiveInvocationContext<Constructor<T>> constructor, ExtensionContext context)
            throws Throwable {
        try {
            return invocation.proceed();
        } catch (Throwable failure) {
            worlds.startedFor(context)
                    .ifPresentOrElse(
                            world -> world.addTo(failure),
                            () -> worlds.describedFor(context).ifPresent(ofClass -> ofClass.addTo(failure)));
            throw failure;
        }
    }

    // ---- parameters ----

    /** Constructors see the context of the test they are called for. JUnit asks from 5.12 on. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Handle.canBe(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        String name = nameOf(parameter.getParameter());
        Simulation simulation = context.getTestMethod().isPresent()
                ? worlds.ofTest(context).onAir().simulation()
                : worlds.ofClass(context).forAll(name);
        try {
            return Handle.of(parameter.getParameter().getType(), simulation);
        } catch (IllegalArgumentException e) {
            throw new ParameterResolutionException(name + ": " + e.getMessage(), e);
        }
    }

    private static String nameOf(Parameter parameter) {
        Executable executable = parameter.getDeclaringExecutable();
        String type = executable.getDeclaringClass().getSimpleName();
        int index = Arrays.asList(executable.getParameters()).indexOf(parameter);
        return "parameter " + (index + 1) + " of "
                + (executable instanceof Method method ? type + "." + method.getName() : "new " + type);
    }

    /** Describes a world in the words of {@link WorldBuilder}; what is not said is as there. To be built from once. */
    public static final class Builder {
        private final WorldBuilder world = io.understudy.Understudy.world();
        private Reset reset = Reset.EACH_TEST;

        private Builder() {}

        /** The seed all chance is drawn from; 0 by default. {@code -Dunderstudy.seed=N} overrides it. */
        public Builder seed(long seed) {
            world.seed(seed);
            return this;
        }

        /** How time moves; {@code per-request:1s} by default. */
        public Builder clock(ClockMode mode) {
            world.clock(mode);
            return this;
        }

        /** Where virtual time starts; 2026-01-01T00:00:00Z by default. */
        public Builder startingAt(Instant instant) {
            world.startingAt(instant);
            return this;
        }

        /**
         * Adds a system. Without any, the world has all.
         *
         * @throws IllegalArgumentException if there is no such system
         */
        public Builder system(String name) {
            world.system(name);
            return this;
        }

        /**
         * The profile of a system; {@code documented} by default.
         *
         * @throws IllegalArgumentException if there is no such system, or it has no such profile
         */
        public Builder profile(String system, String profile) {
            world.profile(system, profile);
            return this;
        }

        /**
         * The initial state of a system; {@code empty} by default.
         *
         * @throws IllegalArgumentException if there is no such system, or it does not know the preset
         */
        public Builder preset(String system, String text) {
            world.preset(system, text);
            return this;
        }

        /** The initial state of a system; {@code empty} by default. */
        public Builder preset(Preset preset) {
            world.preset(preset);
            return this;
        }

        /**
         * Sets a knob.
         *
         * @param knob its name with its system's, such as {@code undermoon.failureTtl}
         * @param value the value as text, such as {@code 30s}
         * @throws IllegalArgumentException if there is no such knob, or the value is none for it
         */
        public Builder set(String knob, String value) {
            world.set(knob, value);
            return this;
        }

        /**
         * Switches a quirk.
         *
         * @param id its name with its system's
         * @throws IllegalArgumentException if there is no such quirk
         */
        public Builder quirk(String id, boolean on) {
            world.quirk(id, on);
            return this;
        }

        /**
         * The port of a system's next node; any free one by default, and better so: a port that is given can be had by one world
         * at a time, which rules out concurrent tests.
         *
         * @param port 0 to 65535
         * @throws IllegalArgumentException if there is no such system or port
         */
        public Builder port(String system, int port) {
            world.port(system, port);
            return this;
        }

        /** When the world goes back to its initial state; before each test by default. */
        public Builder reset(Reset when) {
            reset = when;
            return this;
        }

        /** The extension, for a field with {@code @RegisterExtension}. */
        public UnderstudyExtension build() {
            return new UnderstudyExtension(world, reset);
        }
    }
}

package io.understudy.junit;

import io.understudy.Understudy;
import io.understudy.WorldBuilder;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What one extension keeps in JUnit's store, which is all it ever remembers. */
final class Worlds {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(UnderstudyExtension.class);

    private enum Key {
        OWNER,
        CLASS,
        TEST,
        STATIC_FIELDS
    }

    private final @Nullable WorldBuilder description;
    private final Reset reset;

    /**
     * Nothing yet.
     *
     * @param description how worlds are made; null for as the annotation says, or else as it would by default
     */
    Worlds(@Nullable WorldBuilder description, Reset reset) {
        this.description = description;
        this.reset = reset;
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    /** The world of the test that is going on; begun, or wound back, when it is first asked for. */
    TestWorld ofTest(ExtensionContext context) {
        claim(context);
        return startedFor(context).orElseGet(() -> {
            TestWorld world = ofClass(context).forTest(context);
            store(context).put(Key.TEST, world);
            return world;
        });
    }

    /** The same if somebody has asked for it. */
    Optional<TestWorld> startedFor(ExtensionContext context) {
        return Optional.ofNullable(store(context).get(Key.TEST, TestWorld.class));
    }

    /** The worlds of the class: of the nearest that is annotated, or else of the outermost that has the extension. */
    WorldsOfClass ofClass(ExtensionContext context) {
        claim(context);
        return describedFor(context).orElseGet(() -> {
            WorldsOfClass worlds = describe(context);
            store(context).put(key(context), worlds);
            return worlds;
        });
    }

    /** The same if they were described rightly. */
    Optional<WorldsOfClass> describedFor(ExtensionContext context) {
        return Optional.ofNullable(store(context).get(key(context), WorldsOfClass.class));
    }

    /** Remembers the static fields that hold a world. */
    void filled(ExtensionContext context, List<Field> fields) {
        store(context).put(Key.STATIC_FIELDS, fields);
    }

    /** The static fields that were remembered for this very context. */
    List<Field> forgetFilled(ExtensionContext context) {
        return store(context).remove(Key.STATIC_FIELDS) instanceof List<?> fields
                ? fields.stream().map(Field.class::cast).toList()
                : List.of();
    }

    private void claim(ExtensionContext context) {
        Worlds owner = store(context).get(Key.OWNER, Worlds.class);
        if (owner == null) {
            store(context).put(Key.OWNER, this);
        } else if (owner != this) {
            throw new ExtensionConfigurationException(
                    context.getRequiredTestClass().getName()
                            + " is given two worlds: use either @Understudy or one registered UnderstudyExtension");
        }
    }

    /** Worlds go by the class that is annotated, because a nested class may have some of its own. */
    private Object key(ExtensionContext context) {
        return annotatedClass(context).map(Object.class::cast).orElse(Key.CLASS);
    }

    private WorldsOfClass describe(ExtensionContext context) {
        if (description != null) {
            return new WorldsOfClass(description, reset, context);
        }
        Class<?> type = annotatedClass(context).orElse(null);
        if (type == null) {
            return new WorldsOfClass(Understudy.world(), reset, context);
        }
        var annotation = AnnotationSupport.findAnnotation(type, io.understudy.junit.Understudy.class)
                .orElseThrow();
        try {
            return new WorldsOfClass(AnnotatedWorld.of(annotation), annotation.reset(), context);
        } catch (IllegalArgumentException e) {
            throw new ExtensionConfigurationException("@Understudy of " + type.getName() + ": " + e.getMessage(), e);
        }
    }

    private Optional<Class<?>> annotatedClass(ExtensionContext context) {
        if (description != null) {
            return Optional.empty();
        }
        return Contexts.outwards(context)
                .filter(each -> AnnotationSupport.isAnnotated(
                        each.getRequiredTestClass(), io.understudy.junit.Understudy.class))
                .findFirst()
                .flatMap(ExtensionContext::getTestClass);
    }
}

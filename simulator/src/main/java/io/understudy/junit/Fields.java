package io.understudy.junit;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Fields of test classes that hold a {@link Handle}, whatever their visibility, inherited ones included. One that is final or
 * has a value already is the test's own affair.
 */
final class Fields {
    private Fields() {}

    /** Fills the static fields of the class and says which those were. */
    static List<Field> fillStatic(Class<?> type, Function<Field, Object> handles) {
        return fill(type, null, handles);
    }

    /** Fills the instance fields of the object. */
    static void fill(Object instance, Function<Field, Object> handles) {
        fill(instance.getClass(), instance, handles);
    }

    private static List<Field> fill(Class<?> type, @Nullable Object instance, Function<Field, Object> handles) {
        Predicate<Field> isWanted = field -> Handle.canBe(field.getType())
                && !Modifier.isFinal(field.getModifiers())
                && Modifier.isStatic(field.getModifiers()) == (instance == null)
                && get(field, instance) == null;
        List<Field> empty = ReflectionSupport.findFields(type, isWanted, HierarchyTraversalMode.TOP_DOWN);
        for (Field field : empty) {
            try {
                set(field, instance, handles.apply(field));
            } catch (IllegalArgumentException e) {
                throw new ExtensionConfigurationException(nameOf(field) + ": " + e.getMessage(), e);
            }
        }
        return empty;
    }

    /** Empties static fields, so that a sibling class that inherits them does not find the world of this one. */
    static void empty(List<Field> fields) {
        fields.forEach(field -> set(field, null, null));
    }

    static String nameOf(Field field) {
        String kind = Modifier.isStatic(field.getModifiers()) ? "the static field " : "the field ";
        return kind + field.getDeclaringClass().getSimpleName() + "." + field.getName();
    }

    private static @Nullable Object get(Field field, @Nullable Object instance) {
        try {
            field.setAccessible(true);
            return field.get(instance);
        } catch (IllegalAccessException e) {
            throw new ExtensionConfigurationException("cannot read " + nameOf(field), e);
        }
    }

    private static void set(Field field, @Nullable Object instance, @Nullable Object value) {
        try {
            field.set(instance, value);
        } catch (IllegalAccessException e) {
            throw new ExtensionConfigurationException("cannot write " + nameOf(field), e);
        }
    }
}

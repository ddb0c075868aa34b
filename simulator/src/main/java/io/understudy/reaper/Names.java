package io.understudy.reaper;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** Reaper's ways with names. */
final class Names {
    private Names() {}

    /**
     * As a set, in the order in which Java's {@code HashSet} gives it out, which is the order upstream shows (golden 7.1); equal sets
     * are always in the same order.
     */
    static List<String> set(Collection<String> names) {
        // built from the elements in order, so that collisions do not remember how they came in
        return List.copyOf(new HashSet<>(names.stream().sorted().distinct().toList()));
    }

    /** A cluster's symbolic name (spec reaper 2.2). */
    static String symbolic(String clusterName) {
        String lower = clusterName.toLowerCase(Locale.ROOT);
        // asked for at every look at a node, and nearly always of a name that is symbolic already
        return lower.chars().allMatch(Names::isSymbolic) ? lower : lower.replaceAll("[^a-z0-9_\\-.]", "");
    }

    private static boolean isSymbolic(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= '0' && character <= '9')
                || "_-.".indexOf(character) >= 0;
    }
}

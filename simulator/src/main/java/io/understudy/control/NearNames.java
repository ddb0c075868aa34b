package io.understudy.control;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant by a name that does not exist. */
public final class NearNames {
    /** More different than this is not a slip of the finger but another word. */
    private static final int MAX_DISTANCE = 3;

    private NearNames() {}

    /**
     * Says that there is no such name: {@code there is no system 'undermon'; did you mean 'undermoon'? (there are undermoon)}.
     *
     * @param thereIsNo how the sentence begins
     * @param name what was given
     * @param thereAre how the list of right names begins
     * @param known the right names
     */
    static IllegalArgumentException unknown(String thereIsNo, String name, String thereAre, Collection<String> known) {
        return new IllegalArgumentException(message(thereIsNo, name, thereAre, known));
    }

    /** The same as text. */
    public static String message(String thereIsNo, String name, String thereAre, Collection<String> known) {
        String all = known.isEmpty() ? thereAre + " none" : thereAre + " " + String.join(", ", known);
        return thereIsNo + " '" + name + "'; "
                + nearest(name, known)
                        .map(near -> "did you mean '" + near + "'? (" + all + ")")
                        .orElse(all);
    }

    /** The one of the known names that somebody who wrote this most likely meant, if any is near. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        String best = null;
        int bestDistance = Math.min(MAX_DISTANCE, name.length() / 2) + 1;
        for (String candidate : known) {
            int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Levenshtein's: how many letters to insert, delete or replace. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}

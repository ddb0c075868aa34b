package io.understudy.cli;

import org.jspecify.annotations.Nullable;

/**
 * One thing that was said about a start.
 *
 * @param flag the option it is the value of; null for the name of a system
 * @param value the value, as on the command line
 * @param where how a message about it begins: the option, or the file and line
 */
record Given(@Nullable Flag flag, String value, String where) {
    /** What goes wrong with this value, told with where it was said. */
    UsageException wrong(String message) {
        return new UsageException(where + ": " + message);
    }

    /** The part before the first {@code =}. */
    String key() {
        return value.substring(0, equalsSign());
    }

    /** The part behind the first {@code =}. */
    String argument() {
        return value.substring(equalsSign() + 1);
    }

    private int equalsSign() {
        int equals = value.indexOf('=');
        if (equals < 1) {
            throw wrong("'" + value + "' is not of the form " + (flag == null ? "" : flag.value()));
        }
        return equals;
    }
}

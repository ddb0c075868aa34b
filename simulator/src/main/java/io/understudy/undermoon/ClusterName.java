package io.understudy.undermoon;

import java.util.regex.Pattern;

/** The rule for cluster names (spec undermoon 3.0). The document says 30 characters; upstream takes 31. */
final class ClusterName {
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9@_-]{0,31}");

    private ClusterName() {}

    static boolean isValid(String name) {
        return VALID.matcher(name).matches();
    }
}

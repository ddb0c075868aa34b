package io.understudy.cli;

import java.util.Objects;

/** Which release this is. */
final class Version {
    private Version() {}

    /** As the jar's manifest says; {@code development} for classes that come from no jar. */
    static String current() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "development");
    }
}

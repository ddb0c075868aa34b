package io.understudy.cli;

import org.jspecify.annotations.Nullable;

/**
 * The options of {@code start}. The parser, the help and the configuration file read this table.
 */
enum Flag {
    PORT(
            "--port",
            "SYSTEM=PORT",
            true,
            "Port of the next node; 0 is any free one. Further nodes count on from the last. Default: see `systems`."),
    CONTROL_PORT("--control-port", "PORT", false, "The control API's port; 0 is any free one. Default: 7700."),
    PROFILE("--profile", "SYSTEM=NAME", true, "Whom the system is faithful to. Default: documented."),
    PRESET("--preset", "SYSTEM=TEXT", true, "The system's initial state. Default: its standalone preset."),
    SET("--set", "SYSTEM.KNOB=VALUE", true, "Sets a knob, see `understudy systems SYSTEM`."),
    QUIRK("--quirk", "ID=on|off", true, "Switches one deviation, see `understudy systems SYSTEM`."),
    SEED("--seed", "N", false, "What all chance is drawn from. Default: 0."),
    CLOCK(
            "--clock",
            "MODE",
            false,
            "How time moves: real, real:SPEED, manual or per-request:STEP (such as per-request:1s). Default: real."),
    BIND(
            "--bind",
            "ADDRESS",
            false,
            "Address to listen on; for the control API only with a --control-token. Default: 127.0.0.1."),
    CONTROL_TOKEN(
            "--control-token",
            "TOKEN",
            false,
            "Lets the control API listen on the --bind address, for clients that send `Authorization: Bearer TOKEN`."),
    CONFIG("--config", "FILE.yaml", false, "The same things from a file; the command line overrules it.");

    private final String option;
    private final String value;
    private final boolean repeatable;
    private final String description;

    Flag(String option, String value, boolean repeatable, String description) {
        this.option = option;
        this.value = value;
        this.repeatable = repeatable;
        this.description = description;
    }

    /** The flag of that option, if there is one. */
    static @Nullable Flag of(String option) {
        for (Flag flag : values()) {
            if (flag.option.equals(option)) {
                return flag;
            }
        }
        return null;
    }

    String option() {
        return option;
    }

    /** What its value looks like. */
    String value() {
        return value;
    }

    /** Whether it may be given more than once. */
    boolean repeatable() {
        return repeatable;
    }

    /** What it does, for the help. */
    String description() {
        return description;
    }
}

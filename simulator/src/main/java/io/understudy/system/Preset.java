package io.understudy.system;

/** A ready-made initial state of a system, as text that {@code --preset SYSTEM=TEXT} takes. */
public interface Preset {
    /** The system's name. */
    String system();

    /** The preset as text. */
    String text();
}

package io.understudy.undermoon;

/** JSON {@code Tag} (spec undermoon 4.1): {@code "None"}, {@code {"Migrating":…}} or {@code {"Importing":…}}. */
sealed interface SlotRangeTag {
    /** The slots rest where they are. */
    enum None implements SlotRangeTag {
        NONE
    }

    /** The carrying node gives the slots away. */
    record Migrating(MigrationMeta meta) implements SlotRangeTag {}

    /** The carrying node receives the slots. */
    record Importing(MigrationMeta meta) implements SlotRangeTag {}
}

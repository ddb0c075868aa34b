package io.understudy.undermoon;

/** JSON {@code SlotRange}: slots and what happens to them. */
record SlotRange(RangeList rangeList, SlotRangeTag tag) {
    static SlotRange stable(RangeList slots) {
        return new SlotRange(slots, SlotRangeTag.None.NONE);
    }
}

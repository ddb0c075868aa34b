package io.understudy.undermoon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Range lists against the plainest model there is: a set of bits. */
final class RangeListProperties {
    @Property(tries = 300)
    void takingSlotsSplitsTheListAtOneOfItsEnds(
            @ForAll List<@IntRange(min = 0, max = 300) Integer> slots,
            @ForAll @IntRange(min = 0, max = 100) int percent) {
        BitSet all = new BitSet();
        slots.forEach(all::set);
        RangeList list = listOf(all);
        long take = list.count() * percent / 100;

        RangeList.Split high = list.takeHigh(take);
        RangeList.Split low = list.takeLow(take);

        assertThat(high.taken().count()).isEqualTo(take);
        assertThat(low.taken().count()).isEqualTo(take);
        assertThat(high.taken().merge(high.rest())).isEqualTo(list);
        assertThat(low.taken().merge(low.rest())).isEqualTo(list);
        assertThat(last(bits(high.rest()))).isLessThan(first(bits(high.taken())));
        assertThat(last(bits(low.taken()))).isLessThan(first(bits(low.rest())));
    }

    @Property(tries = 300)
    void mergingSortsAndJoins(
            @ForAll List<@IntRange(min = 0, max = 300) Integer> slots,
            @ForAll List<@IntRange(min = 0, max = 300) Integer> others) {
        BitSet union = new BitSet();
        List<Range> pieces = new ArrayList<>();
        for (int slot : slots) {
            union.set(slot);
            pieces.add(new Range(slot, slot));
        }
        others.forEach(union::set);
        BitSet other = new BitSet();
        others.forEach(other::set);

        assertThat(RangeList.merged(pieces).merge(listOf(other))).isEqualTo(listOf(union));
    }

    private static RangeList listOf(BitSet bits) {
        List<Range> ranges = new ArrayList<>();
        for (int start = bits.nextSetBit(0); start >= 0; start = bits.nextSetBit(bits.nextClearBit(start))) {
            ranges.add(new Range(start, bits.nextClearBit(start) - 1));
        }
        return new RangeList(ranges);
    }

    private static BitSet bits(RangeList list) {
        BitSet bits = new BitSet();
        list.ranges().forEach(range -> bits.set((int) range.start(), (int) range.end() + 1));
        return bits;
    }

    private static int first(BitSet bits) {
        return bits.isEmpty() ? Integer.MAX_VALUE : bits.nextSetBit(0);
    }

    private static int last(BitSet bits) {
        return bits.length() - 1;
    }
}

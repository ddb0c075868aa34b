package io.understudy.journal;

import java.util.List;

/**
 * Whether an expectation was met, and if not, what came nearest.
 *
 * @param met whether it was met
 * @param count how many exchanges matched
 * @param wanted the right number, in words
 * @param nearMisses if too few matched: the exchanges that missed the fewest fields, the nearest first; if too many did: the
 *     last of those, which miss nothing. At most {@link Journal#MAX_NEAR_MISSES}
 * @param forgotten how many entries the journal had to drop before; what they held was not looked at
 */
public record Verification(boolean met, long count, String wanted, List<NearMiss> nearMisses, long forgotten) {
    /** An exchange that almost matched, and where it did not, field by field. */
    public record NearMiss(long sequence, String exchange, List<String> misses) {}

    /** The whole finding as text, as a failed assertion prints it. */
    public String describe(Match match) {
        StringBuilder text = new StringBuilder();
        text.append("Wanted ").append(wanted).append(" of: ").append(Transcript.of(match));
        text.append("; found ").append(count).append('.');
        if (nearMisses.isEmpty() && count == 0 && forgotten == 0) {
            text.append(" There were no requests at all.");
        }
        for (NearMiss miss : nearMisses) {
            text.append(miss.misses().isEmpty() ? "\n  matched #" : "\n  near miss #")
                    .append(miss.sequence())
                    .append(' ')
                    .append(miss.exchange());
            miss.misses().forEach(line -> text.append("\n    ").append(line));
        }
        if (forgotten > 0) {
            text.append("\n  (")
                    .append(forgotten)
                    .append(" older entries were dropped from the journal and not looked at)");
        }
        return text.toString();
    }
}

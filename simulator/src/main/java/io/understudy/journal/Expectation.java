package io.understudy.journal;

/**
 * How often exchanges of a kind should have taken place.
 *
 * @param match which exchanges count
 * @param atLeast the smallest right number
 * @param atMost the largest right number
 */
public record Expectation(Match match, int atLeast, int atMost) {
    public Expectation {
        if (atLeast < 0 || atMost < atLeast) {
            throw new IllegalArgumentException("no number of times is at least " + atLeast + " and at most " + atMost
                    + "; the first must not be negative, the second not below it");
        }
    }

    boolean metBy(long count) {
        return count >= atLeast && count <= atMost;
    }

    /** The number in words. */
    String wanted() {
        if (atMost == 0) {
            return "none";
        }
        if (atLeast == atMost) {
            return "exactly " + atLeast;
        }
        if (atLeast == 0) {
            return "at most " + atMost;
        }
        return atMost == Integer.MAX_VALUE ? "at least " + atLeast : "between " + atLeast + " and " + atMost;
    }
}

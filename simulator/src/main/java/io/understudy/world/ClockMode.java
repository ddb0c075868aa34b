package io.understudy.world;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/** How a world's virtual time moves. */
public sealed interface ClockMode {
    /** The largest {@link Real#speed}: beyond it a second of real time would be more than a decade. */
    double MAX_SPEED = 1e9;

    /** The largest {@link PerRequest#step}: a hundred years. */
    Duration MAX_STEP = Duration.ofDays(36_500);

    /**
     * Time follows real time. It is caught up when somebody looks; no thread ticks an idle world.
     *
     * @param speed virtual seconds per real second, above 0 and at most {@value ClockMode#MAX_SPEED}
     */
    record Real(double speed) implements ClockMode {
        public Real {
            if (!(speed > 0 && speed <= MAX_SPEED)) {
                throw new IllegalArgumentException(
                        "the clock's speed is " + speed + "; it must be above 0 and at most 1e9");
            }
        }

        @Override
        public String toString() {
            return speed == 1 ? "real" : "real:" + trimmed(speed);
        }

        private static String trimmed(double speed) {
            return speed == Math.rint(speed) ? Long.toString((long) speed) : Double.toString(speed);
        }
    }

    /** Time stands still until somebody advances it. */
    record Manual() implements ClockMode {
        @Override
        public String toString() {
            return "manual";
        }
    }

    /**
     * Every request moves time by a step before it is handled, so that a polling client sees progress without sleeping.
     * A reply that has to wait (a delay, or a system's own waiting) moves time on until it can be sent.
     *
     * @param step how far one request moves time; from zero to {@link ClockMode#MAX_STEP}
     */
    record PerRequest(Duration step) implements ClockMode {
        public PerRequest {
            if (step.isNegative() || step.compareTo(MAX_STEP) > 0) {
                throw new IllegalArgumentException(
                        "the clock's step is " + step + "; it must be from PT0S to " + MAX_STEP);
            }
        }

        @Override
        public String toString() {
            return "per-request:" + step;
        }
    }

    /** Real time at a speed, in virtual seconds per real second. */
    static ClockMode real(double speed) {
        return new Real(speed);
    }

    /** Time that moves only when it is advanced. */
    static ClockMode manual() {
        return new Manual();
    }

    /** Time that moves by a step with every request. */
    static ClockMode perRequest(Duration step) {
        return new PerRequest(step);
    }

    /**
     * Reads {@code real}, {@code real:SPEED}, {@code manual}, {@code per-request} (1 s) or {@code per-request:STEP} where the
     * step is ISO-8601 ({@code PT0.5S}) or a number with {@code ms}, {@code s}, {@code m} or {@code h}.
     *
     * @throws IllegalArgumentException saying what was read and what would be right
     */
    static ClockMode parse(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        String argument = colon < 0 ? "" : text.substring(colon + 1);
        try {
            switch (kind) {
                case "real":
                    return real(colon < 0 ? 1 : Double.parseDouble(argument));
                case "manual":
                    if (colon < 0) {
                        return manual();
                    }
                    break;
                case "per-request":
                    return perRequest(colon < 0 ? Duration.ofSeconds(1) : duration(argument));
                default:
                    break;
            }
        } catch (NumberFormatException | DateTimeParseException e) {
            // said below, with the forms that would be right
        }
        throw new IllegalArgumentException("no clock mode '" + text
                + "'; use real, real:SPEED, manual or per-request:STEP (such as per-request:1s)");
    }

    /**
     * Reads a duration as people write it: ISO-8601 ({@code PT2H}) or a whole or decimal number with {@code ms}, {@code s},
     * {@code m}, {@code h} or {@code d}; what is finer than a nanosecond is cut.
     *
     * @throws DateTimeParseException if it is neither, saying what would be right
     */
    static Duration duration(String text) {
        return Durations.parse(text);
    }
}

package io.understudy.reaper;

import io.understudy.fault.DomainFault;
import io.understudy.world.ClockMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** The arguments of a domain fault, read; each method throws IllegalArgumentException saying what is wrong with which argument. */
record FaultArguments(Map<String, String> texts) {
    static FaultArguments of(DomainFault fault) {
        return new FaultArguments(fault.arguments());
    }

    /** Whether the fault is about that: it says so, or does not say. */
    boolean admit(String parameter, String value) {
        return value.equals(texts.getOrDefault(parameter, value));
    }

    boolean has(String parameter) {
        return texts.containsKey(parameter);
    }

    int count(String parameter, int byDefault) {
        String text = texts.getOrDefault(parameter, Integer.toString(byDefault));
        try {
            int count = Integer.parseInt(text);
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(parameter + " is '" + text + "'; it must be a whole number, 0 or more");
    }

    double factor(String parameter) {
        String text = texts.getOrDefault(parameter, "1");
        try {
            double factor = Double.parseDouble(text);
            if (factor > 0 && factor <= 1e6) {
                return factor;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(
                parameter + " is '" + text + "'; it must be a number above 0 and up to 1000000");
    }

    Duration duration(String parameter, String byDefault) {
        String text = texts.getOrDefault(parameter, byDefault);
        try {
            Duration duration = ClockMode.duration(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new IllegalArgumentException(parameter + " is '" + text + "'; it must be a duration such as 30s or PT2M");
    }
}

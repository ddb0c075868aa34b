package io.understudy.bench;

import java.util.Arrays;

/** Measurements of one thing. */
final class Sample {
    private double[] values = new double[16];
    private int count;

    void add(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }

    /** Runs it and adds how long it took, in milliseconds. */
    <T> T time(Action<T> action) throws Exception {
        long begin = System.nanoTime();
        T result = action.run();
        add((System.nanoTime() - begin) / 1e6);
        return result;
    }

    /** Something to be timed. */
    interface Action<T> {
        T run() throws Exception;
    }

    double median() {
        return quantile(0.5);
    }

    double min() {
        return quantile(0);
    }

    double quantile(double q) {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return count == 0 ? Double.NaN : sorted[(int) Math.min(count - 1, Math.floor(q * count))];
    }
}

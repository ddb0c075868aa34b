package io.understudy.fault;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Holds the reply back as real latencies are distributed: most near the median, a few far above it.
 *
 * @param median half of the delays are shorter, in virtual time; above zero
 * @param sigma how far they spread: the standard deviation of the delay's natural logarithm, 0 to 10
 * @param max longer ones are cut to this; at least {@code median}
 */
public record LogNormalDelay(Duration median, double sigma, Duration max) implements Fault {
    private static final double MAX_SIGMA = 10;

    public LogNormalDelay {
        Delays.requireAboveZero("median", median);
        Delays.requireAtLeast("max", max, "median", median);
        if (!(sigma >= 0 && sigma <= MAX_SIGMA)) {
            throw new IllegalArgumentException("sigma is " + sigma + "; it must be from 0 to 10");
        }
    }

    @Override
    public void shape(Course course, Struck struck) {
        double nanos = (double) median.toNanos() * StrictMath.exp(sigma * gaussian(struck.random()));
        course.delayBy(Duration.ofNanos((long) Math.min(nanos, (double) max.toNanos())));
    }

    /** Box–Muller on strict arithmetic: {@code nextGaussian} is free to differ between releases of the JDK. */
    private static double gaussian(RandomGenerator random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }
}

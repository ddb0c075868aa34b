package io.understudy.bench;

import java.lang.management.ManagementFactory;

/** The heap of this JVM. */
final class Heap {
    private Heap() {}

    /** Bytes in use after collections, once further ones do not find anything any more. */
    static long used() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int withoutGain = 0; withoutGain < 3; ) {
            System.gc();
            Thread.sleep(50);
            long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            withoutGain = used < least ? 0 : withoutGain + 1;
            least = Math.min(least, used);
        }
        return least;
    }
}

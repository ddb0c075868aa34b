package io.understudy.junit;

/** Where concurrent tests look out for one another, so that they overlap. */
final class Crowd {
    /** A pool of threads owes nobody a second thread: whoever is alone for so long goes on alone. */
    private static final long PATIENCE_MILLIS = 200;

    private int present;
    private int most;

    /** Comes in and waits for company. */
    synchronized void join() throws InterruptedException {
        present++;
        most = Math.max(most, present);
        notifyAll();
        if (present == 1) {
            wait(PATIENCE_MILLIS);
        }
    }

    synchronized void leave() {
        present--;
    }

    /** How many were here at once. */
    synchronized int most() {
        return most;
    }
}

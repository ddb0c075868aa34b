package io.understudy.scenarios;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Callers with a connection each, who all begin at the same moment. */
final class Crowd implements AutoCloseable {
    static final int SIZE = 16;

    /** Only ends a test that would otherwise hang. */
    private static final int GIVE_UP_SECONDS = 60;

    private final ExecutorService threads = Executors.newFixedThreadPool(SIZE);
    private final List<Client> clients = new ArrayList<>();

    /** What one of them does, and what it has to tell. */
    interface Part<T> {
        T play(int number, Client client);
    }

    Crowd(URI server) {
        for (int i = 0; i < SIZE; i++) {
            clients.add(new Client(server));
        }
    }

    /** What they tell, in the order of their numbers. */
    <T> List<T> all(Part<T> part) {
        CyclicBarrier start = new CyclicBarrier(SIZE);
        List<Callable<T>> parts = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            int number = i;
            parts.add(() -> {
                start.await(GIVE_UP_SECONDS, TimeUnit.SECONDS);
                return part.play(number, clients.get(number));
            });
        }
        try {
            List<T> told = new ArrayList<>();
            for (Future<T> each : threads.invokeAll(parts)) {
                told.add(each.get(GIVE_UP_SECONDS, TimeUnit.SECONDS));
            }
            return told;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        clients.forEach(Client::close);
    }
}

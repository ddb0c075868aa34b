package io.understudy.http;

import io.understudy.http.Door.Tongue;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * The machinery of a {@link Stage} that is open: one selector, one pool of threads, one scheduler and one pool of buffers
 * for all listeners. A further listener costs a socket and a table entry, and no thread.
 */
final class Backstage {
    /** Work here never waits for anything but a world's lock, so that few threads do; more would wait for the same locks. */
    static final int MAX_THREADS = 64;

    /** One that selects and one that is ready to take over from it. */
    static final int MIN_THREADS = 2;

    /** How long a thread without work is kept. */
    static final int THREAD_IDLE_MILLIS = 10_000;

    /** How long to wait for threads to end; they are idle by then, so that it takes about a millisecond. */
    private static final long STOP_MILLIS = 1_000;

    /** How long to wait for the selector to let go of a port; it takes well below a millisecond. */
    private static final long LET_GO_MILLIS = 1_000;

    /** Jetty's own queue asks the JVM for its memory layout by JMX, which is a fifth of all that a process does to start. */
    private final QueuedThreadPool threads =
            new QueuedThreadPool(MAX_THREADS, MIN_THREADS, THREAD_IDLE_MILLIS, new LinkedBlockingQueue<>());

    private final Scheduler scheduler = new ScheduledExecutorScheduler("understudy-time", true);
    private final ByteBufferPool buffers = new ArrayByteBufferPool();
    private final Doors doors = new Doors(threads, scheduler);

    Backstage() {
        threads.setName("understudy");
        threads.setDaemon(true);
        if (VirtualThreads.areSupported()) {
            // from Java 21 on; a request then costs about a third less
            threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        }
        threads.setStopTimeout(STOP_MILLIS);
        LifeCycle.start(threads);
        LifeCycle.start(scheduler);
        LifeCycle.start(doors);
    }

    QueuedThreadPool threads() {
        return threads;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    ByteBufferPool buffers() {
        return buffers;
    }

    Alarm.Pending in(Duration realTime, Runnable action) {
        // the scheduler has one thread, which must not wait for a world's lock
        Scheduler.Task task = scheduler.schedule(
                () -> threads.execute(action), Math.max(0, realTime.toNanos()), TimeUnit.NANOSECONDS);
        return task::cancel;
    }

    Door open(Stage stage, String bind, int port, Tongue tongue) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(InetAddress.getByName(bind), port), Door.BACKLOG);
            channel.configureBlocking(false);
            Door door = new Door(stage, this, channel, tongue);
            doors.open(channel, door);
            return door;
        } catch (BindException e) {
            channel.close();
            throw e.getMessage() != null && e.getMessage().contains("in use")
                    ? new PortTakenException(bind, port, e)
                    : new IOException("cannot listen on " + bind + " port " + port + ": " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Frees the port before it returns. */
    void stopAccepting(ServerSocketChannel channel) {
        doors.close(channel);
    }

    void stop() {
        LifeCycle.stop(doors);
        LifeCycle.stop(scheduler);
        LifeCycle.stop(threads);
    }

    /** Accepts on many ports with one selector. */
    private static final class Doors extends SelectorManager {
        private final Map<SelectableChannel, Door> doors = new ConcurrentHashMap<>();
        private volatile @Nullable ManagedSelector selector;

        Doors(QueuedThreadPool threads, Scheduler scheduler) {
            super(threads, scheduler, 1);
        }

        void open(ServerSocketChannel channel, Door door) {
            doors.put(channel, door);
            acceptor(channel);
        }

        void close(ServerSocketChannel channel) {
            CountDownLatch letGo = new CountDownLatch(1);
            ManagedSelector selecting = Objects.requireNonNull(selector, "the doors are open");
            selecting.submit(now -> {
                // here, and not by the caller, because the channel may still be waiting to be registered
                IO.close(channel);
                // a closed channel keeps its port until the next selection notices
                selecting.submit(afterwards -> letGo.countDown());
            });
            try {
                letGo.await(LET_GO_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            doors.remove(channel);
        }

        @Override
        protected ManagedSelector newSelector(int id) {
            selector = super.newSelector(id);
            return selector;
        }

        /** Admits all who wait and says that nobody is left, because {@code accepted} is not told at which port they came. */
        @Override
        protected @Nullable SelectableChannel doAccept(SelectableChannel server) throws IOException {
            Door door = doors.get(server);
            for (SocketChannel client = ((ServerSocketChannel) server).accept();
                    client != null;
                    client = ((ServerSocketChannel) server).accept()) {
                if (door == null || !door.hasRoom()) {
                    client.close();
                    continue;
                }
                client.configureBlocking(false);
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                accept(client, door);
            }
            return null;
        }

        @Override
        protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector by, SelectionKey key) {
            return new SocketChannelEndPoint((SocketChannel) channel, by, key, getScheduler());
        }

        @Override
        public Connection newConnection(SelectableChannel channel, EndPoint endPoint, Object door) throws IOException {
            return ((Door) door).connect(endPoint);
        }
    }
}

package io.understudy.http;

import io.understudy.fault.WireStep;
import io.understudy.http.RequestReader.Progress;
import io.understudy.journal.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection to a site: requests in, wire steps out, one exchange at a time.
 *
 * <p>Whatever happens to the connection (bytes arrive, steps are to be carried out, a write ends, the socket closes) becomes
 * a {@link #signal}; the thread that raises the first one works until none is left, so that all the work on a connection is
 * done by one thread at a time, without a lock, and never waits. Jetty's {@code HttpConnection} is not used because it
 * writes heads in its own way, and because a stand-in has to do to sockets what a server must not.
 *
 * <p>While an exchange is unfinished the connection goes on reading, up to a buffer full of pipelined bytes, because that is
 * how the departure of the client shows.
 */
final class SiteConnection extends AbstractConnection {
    private static final Logger log = LoggerFactory.getLogger(SiteConnection.class);

    /** What is read at once, and how much of further requests is read ahead; most requests fit. */
    static final int INPUT_BYTES = 8 << 10;

    /** What is handed to the socket at once, so that the JDK never copies more than this for a slow client. */
    static final int OUTPUT_BYTES = 64 << 10;

    /**
     * A connection without an exchange, or one that takes no bytes, is closed after this real time. The emulated servers wait
     * for ever or for minutes; this only keeps leaks from piling up.
     */
    static final long IDLE_MILLIS = 300_000;

    /** How long a client may go on sending a body that was refused, before it misses the reply for the reset. */
    static final long DRAIN_MILLIS = 2_000;

    /** How much of a refused body is read away for the same reason. */
    static final long DRAIN_BYTES = 64 << 20;

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Door door;
    private final Site site;
    private final Intake intake;
    private final ByteBufferPool buffers;
    private final RequestReader reader;
    private final AtomicInteger signals = new AtomicInteger();
    private final Callback written = Callback.from(this::onWritten, this::onWriteFailed);

    // what follows belongs to the thread that works; volatile is what others look at
    private @Nullable RetainableByteBuffer input;
    private final Deque<ByteBuffer> output = new ArrayDeque<>();
    private volatile @Nullable SiteWire current;
    private volatile boolean writing;
    private volatile boolean awaitingBytes;
    private boolean hanging;
    private boolean unreadInput;
    private boolean draining;
    private long drained;
    private boolean over;

    SiteConnection(EndPoint endPoint, Door door, Site site, Intake intake, Backstage backstage) {
        super(endPoint, backstage.threads());
        this.door = door;
        this.site = site;
        this.intake = intake;
        this.buffers = backstage.buffers();
        this.reader = new RequestReader(site.api().traits(), client(endPoint));
        endPoint.setIdleTimeout(IDLE_MILLIS);
    }

    private static String client(EndPoint endPoint) {
        return endPoint.getRemoteSocketAddress() instanceof InetSocketAddress remote && remote.getAddress() != null
                ? remote.getAddress().getHostAddress()
                : "unknown";
    }

    /** Ends the connection now, whatever it is doing. */
    void shut() {
        getEndPoint().close();
        signal(false);
    }

    /**
     * Has somebody look after the connection; this thread, unless another one is at it already.
     *
     * @param mayTakeRequests whether this thread is one of ours, which may take further requests into the world
     */
    void signal(boolean mayTakeRequests) {
        if (signals.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            try {
                work(mayTakeRequests);
            } catch (RuntimeException | Error e) {
                log.error("the connection to {}/{} failed", site.system(), site.node(), e);
                getEndPoint().close();
            }
            seen = signals.addAndGet(-seen);
        } while (seen != 0);
    }

    private void work(boolean mayTakeRequests) {
        while (!over) {
            if (!getEndPoint().isOpen()) {
                finish();
            } else if (writing) {
                return;
            } else if (!output.isEmpty()) {
                write();
            } else if (draining) {
                drain();
                return;
            } else if (current != null) {
                if (!proceed(current)) {
                    return;
                }
            } else if (!mayTakeRequests) {
                getExecutor().execute(() -> signal(true));
                return;
            } else if (!takeRequest()) {
                return;
            }
        }
    }

    /** Takes the next request if it has arrived. */
    private boolean takeRequest() {
        Progress progress = Progress.PARTIAL;
        while (progress == Progress.PARTIAL) {
            if (input != null && input.hasRemaining()) {
                progress = reader.read(input.getByteBuffer());
            } else if (reader.takeExpectation()) {
                output.add(ByteBuffer.wrap(CONTINUE));
                return true;
            } else if (awaitingBytes || !fill()) {
                return !getEndPoint().isOpen();
            }
        }
        SiteWire wire = new SiteWire(this, reader.head(), site.api().traits());
        current = wire;
        unreadInput = progress != Progress.COMPLETE;
        if (progress == Progress.BAD) {
            refuse(wire);
        } else {
            intake.accept(site, reader.request(), progress == Progress.OVERSIZED, wire);
        }
        return true;
    }

    /** What is no request has no place in a world: it is refused here, as bare as hyper and Go do. */
    private void refuse(SiteWire wire) {
        Reply refusal = Reply.empty(reader.badStatus()).with("connection", "close");
        output.add(ByteBuffer.wrap(EncodedReply.refusal(refusal)));
        wire.carryOut(null, Instant.EPOCH, List.of(new WireStep.Close()), true);
    }

    /** Takes the exchange one step further if it can be. */
    private boolean proceed(SiteWire wire) {
        boolean last = wire.isLast();
        SiteWire.Act act = hanging ? null : wire.next();
        if (act != null) {
            carryOut(wire, act);
            return true;
        }
        if (!last || hanging) {
            return watchForDeparture();
        }
        current = null;
        if (wire.leavesConnectionUsable()) {
            reader.reset();
        } else {
            close(wire);
        }
        return true;
    }

    private void carryOut(SiteWire wire, SiteWire.Act act) {
        wire.note(act.step());
        if (act.step() instanceof WireStep.SendReply) {
            send(wire.encoded(act));
        } else if (act.step() instanceof WireStep.SendHead) {
            output.add(ByteBuffer.wrap(wire.encoded(act).head()));
        } else if (act.step() instanceof WireStep.SendBody part) {
            byte[] body = wire.encoded(act).body();
            int from = (int) Math.round(part.from() * body.length);
            output.add(ByteBuffer.wrap(body, from, (int) Math.round(part.to() * body.length) - from));
        } else if (act.step() instanceof WireStep.SendPart part) {
            byte[] framed = wire.encoded(act).part(part.part());
            output.add(ByteBuffer.wrap(framed, 0, (int) Math.round(part.to() * framed.length)));
        } else if (act.step() instanceof WireStep.SendEnd) {
            output.add(ByteBuffer.wrap(wire.encoded(act).end()));
        } else if (act.step() instanceof WireStep.SendRaw raw) {
            output.add(raw.bytes().buffer());
        } else if (act.step() instanceof WireStep.Reset) {
            current = null;
            reset();
        } else if (act.step() instanceof WireStep.Close) {
            current = null;
            close(wire);
        } else if (act.step() instanceof WireStep.Hang) {
            hanging = true;
        }
    }

    private void send(EncodedReply reply) {
        if (reply.body().length <= OUTPUT_BYTES) {
            // one write: a second small one would wait for the client's acknowledgement
            output.add(ByteBuffer.wrap(reply.whole()));
        } else {
            output.add(ByteBuffer.wrap(reply.head()));
            output.add(ByteBuffer.wrap(reply.body()));
        }
    }

    private void write() {
        ByteBuffer next = output.element();
        int length = Math.min(next.remaining(), OUTPUT_BYTES);
        ByteBuffer slice = next.slice(next.position(), length);
        next.position(next.position() + length);
        if (!next.hasRemaining()) {
            output.remove();
        }
        writing = true;
        getEndPoint().write(written, slice);
    }

    private void onWritten() {
        writing = false;
        signal(true);
    }

    private void onWriteFailed(Throwable cause) {
        getEndPoint().close();
        onWritten();
    }

    /** An RST instead of a FIN, which is what closing does when nothing may linger. */
    private void reset() {
        try {
            ((SocketChannel) getEndPoint().getTransport()).setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            log.debug("the client was faster", e);
        }
        getEndPoint().close();
    }

    private void close(SiteWire wire) {
        if (unreadInput && !wire.isDropped()) {
            // closing over unread bytes would be a reset, which may overtake the reply
            draining = true;
            getEndPoint().setIdleTimeout(DRAIN_MILLIS);
            getEndPoint().shutdownOutput();
        } else {
            getEndPoint().close();
        }
    }

    private void drain() {
        while (!awaitingBytes && fill()) {
            RetainableByteBuffer read = Objects.requireNonNull(input);
            drained += read.remaining();
            read.clear();
            if (drained > DRAIN_BYTES) {
                getEndPoint().close();
            }
        }
    }

    /** Always false: somebody will signal when there is more to do. */
    private boolean watchForDeparture() {
        while (!awaitingBytes && (input == null || input.remaining() < INPUT_BYTES)) {
            if (!fill()) {
                break;
            }
        }
        return !getEndPoint().isOpen();
    }

    /** Reads what has arrived. If nothing has, asks to be told; if the client has gone, closes. */
    private boolean fill() {
        if (input == null) {
            input = buffers.acquire(INPUT_BYTES, true);
        }
        int filled;
        try {
            filled = getEndPoint().fill(input.getByteBuffer());
        } catch (IOException e) {
            filled = -1;
        }
        if (filled > 0) {
            return true;
        }
        if (!input.hasRemaining()) {
            releaseInput();
        }
        if (filled < 0) {
            getEndPoint().close();
        } else {
            awaitingBytes = true;
            fillInterested();
        }
        return false;
    }

    private void releaseInput() {
        if (input != null) {
            input.release();
            input = null;
        }
    }

    private void finish() {
        over = true;
        output.clear();
        releaseInput();
        door.closed(this);
        SiteWire unfinished = current;
        current = null;
        if (unfinished != null && !unfinished.isDropped()) {
            intake.abandoned(unfinished);
        }
    }

    @Override
    public void onOpen() {
        super.onOpen();
        door.opened(this);
        signal(true);
    }

    @Override
    public void onFillable() {
        awaitingBytes = false;
        signal(true);
    }

    @Override
    public void onFillInterestedFailed(Throwable cause) {
        getEndPoint().close();
        onFillable();
    }

    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        // an exchange may take as long as the world likes
        return current == null || writing;
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        super.onClose(cause);
        signal(true);
    }
}

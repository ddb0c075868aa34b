package io.understudy.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One thread that keeps many connections busy with one and the same request, each asking again when it has its reply. */
final class Load {
    /** Latencies by the microsecond; whatever takes longer counts as the last. */
    private static final int MAX_MICROS = 1_000_000;

    private final long[] latencies = new long[MAX_MICROS];
    private final byte[] request;
    private final ByteBuffer read = ByteBuffer.allocateDirect(64 << 10);
    private int replyBytes;
    private long requests;

    private Load(byte[] request) {
        this.request = request;
    }

    record Result(long requests, double seconds, double p99Micros) {}

    private static final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer out;
        private int received;
        private long sentNanos;

        private Connection(SocketChannel channel, byte[] request) {
            this.channel = channel;
            this.out = ByteBuffer.allocateDirect(request.length).put(request);
        }

        /** A request is far smaller than a socket's buffer, so that it goes at once. */
        void ask() throws IOException {
            received = 0;
            sentNanos = System.nanoTime();
            out.rewind();
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }
    }

    static Result run(URI server, String path, int connections, int millis) throws IOException {
        Load load = new Load(Client.request("GET", path, server.getAuthority(), new byte[0]));
        try (Selector selector = Selector.open()) {
            InetSocketAddress address = new InetSocketAddress(server.getHost(), server.getPort());
            load.replyBytes = load.sizeOfReply(address);
            for (int i = 0; i < connections; i++) {
                SocketChannel channel = SocketChannel.open(address);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                Connection connection = new Connection(channel, load.request);
                channel.register(selector, SelectionKey.OP_READ, connection);
                connection.ask();
            }
            long begin = System.nanoTime();
            long end = begin + millis * 1_000_000L;
            while (System.nanoTime() < end) {
                selector.select(key -> load.readAndAskAgain((Connection) key.attachment()), 100);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            return new Result(load.requests, seconds, load.quantile(0.99));
        }
    }

    /** Every reply to the request has the same size: a short body, a date of constant length. */
    private int sizeOfReply(InetSocketAddress address) throws IOException {
        try (SocketChannel channel = SocketChannel.open(address)) {
            channel.write(ByteBuffer.wrap(request));
            StringBuilder text = new StringBuilder();
            while (!isWhole(text)) {
                read.clear();
                if (channel.read(read) < 0) {
                    throw new EOFException("closed after " + text);
                }
                text.append(StandardCharsets.ISO_8859_1.decode(read.flip()));
            }
            if (!text.toString().startsWith("HTTP/1.1 200")) {
                throw new IOException("it answers " + text);
            }
            return text.length();
        }
    }

    private static boolean isWhole(StringBuilder text) {
        int end = text.indexOf("\r\n\r\n");
        int field = text.toString().toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
        if (end < 0 || field < 0) {
            return false;
        }
        int length = Integer.parseInt(
                text.substring(field + 16, text.indexOf("\r", field)).strip());
        return text.length() == end + 4 + length;
    }

    private void readAndAskAgain(Connection connection) {
        try {
            read.clear();
            int count = connection.channel.read(read);
            if (count < 0) {
                throw new EOFException("the server has closed");
            }
            connection.received += count;
            if (connection.received > replyBytes) {
                throw new IOException("a reply of " + connection.received + " bytes, not " + replyBytes);
            }
            if (connection.received == replyBytes) {
                long micros = (System.nanoTime() - connection.sentNanos) / 1_000;
                latencies[(int) Math.min(MAX_MICROS - 1, micros)]++;
                requests++;
                connection.ask();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private double quantile(double q) {
        long below = 0;
        int micros = 0;
        while (micros < MAX_MICROS - 1 && below + latencies[micros] < q * requests) {
            below += latencies[micros++];
        }
        return micros;
    }
}

package io.understudy.scenarios;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A client with one connection, which it opens anew when it has ended. It never retries. */
final class Client implements AutoCloseable {
    /** Only ends a test that would otherwise hang. */
    private static final int GIVE_UP_MILLIS = 60_000;

    private final URI server;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    Client(URI server) {
        this.server = server;
    }

    Answer send(Ask ask) {
        sendOnly(ask.bytes());
        return receive(ask.method().equals("HEAD"));
    }

    /**
     * Sends where faults strike: a reset in the middle of a body that is empty comes behind the whole answer, and must not hit the next
     * request.
     */
    Answer sendApart(Ask ask) {
        Answer answer = send(ask);
        if (answer.body().isEmpty()) {
            close();
        }
        return answer;
    }

    Answer send(String line) {
        return send(Ask.parse(line));
    }

    /** Sends without waiting for the answer; {@link #receive} gets it. */
    void sendOnly(byte[] bytes) {
        try {
            if (socket == null) {
                socket = new Socket(server.getHost(), server.getPort());
                socket.setSoTimeout(GIVE_UP_MILLIS);
                socket.setTcpNoDelay(true);
                in = new BufferedInputStream(socket.getInputStream());
            }
            socket.getOutputStream().write(bytes);
        } catch (SocketException e) {
            // refused before everything was sent: the answer may be there all the same
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer receive(boolean isBodiless) {
        try {
            return read(isBodiless);
        } catch (EOFException | SocketException e) {
            close();
            return Answer.LOST;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer read(boolean isBodiless) throws IOException {
        StringBuilder head = new StringBuilder();
        String line = line();
        int status = Integer.parseInt(line.substring(9, 12));
        while (!line.isEmpty()) {
            head.append(line).append('\n');
            line = line();
        }
        Answer bare = new Answer(status, head.toString(), "");
        byte[] body = isBodiless ? new byte[0] : body(bare);
        if (bare.field("content-encoding").filter("gzip"::equals).isPresent()) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        if (bare.field("connection").filter("close"::equals).isPresent()) {
            close();
        }
        return new Answer(status, bare.head(), new String(body, StandardCharsets.UTF_8));
    }

    private byte[] body(Answer bare) throws IOException {
        if (bare.field("transfer-encoding").filter("chunked"::equals).isPresent()) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                all.writeBytes(exactly(size));
                line();
            }
            line();
            return all.toByteArray();
        }
        return exactly(bare.field("content-length").map(Integer::parseInt).orElse(0));
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = input().readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException();
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input().read(); next != '\n'; next = input().read()) {
            if (next < 0) {
                throw new EOFException();
            }
            line.append((char) next);
        }
        line.setLength(line.length() - 1);
        return line.toString();
    }

    private InputStream input() throws EOFException {
        if (in == null) {
            throw new EOFException();
        }
        return in;
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            socket = null;
            in = null;
        }
    }
}

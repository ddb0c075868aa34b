package io.understudy.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** One keep-alive connection that costs next to nothing, so that what is measured is the server. */
final class Client implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    private final Socket socket;
    private final InputStream in;
    private final String host;

    Client(URI server) throws IOException {
        host = server.getAuthority();
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    }

    /** A reply as it came. */
    record Reply(int status, boolean gzip, byte[] raw) {
        /** The body without its coding. */
        byte[] body() throws IOException {
            if (!gzip) {
                return raw;
            }
            try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(raw))) {
                return plain.readAllBytes();
            }
        }
    }

    static byte[] request(String method, String path, String host, byte[] body) {
        String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n"
                + (body.length == 0 ? "" : "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n")
                + "\r\n";
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(body);
        return whole.toByteArray();
    }

    Reply get(String path) throws IOException {
        return expect200(send("GET", path, new byte[0]), "GET " + path);
    }

    Reply send(String method, String path, String json) throws IOException {
        return expect200(send(method, path, json.getBytes(StandardCharsets.UTF_8)), method + " " + path);
    }

    private static Reply expect200(Reply reply, String what) throws IOException {
        if (reply.status() != 200) {
            throw new IOException(
                    what + " answers " + reply.status() + " " + new String(reply.body(), StandardCharsets.UTF_8));
        }
        return reply;
    }

    Reply send(String method, String path, byte[] body) throws IOException {
        socket.getOutputStream().write(request(method, path, host, body));
        int status = Integer.parseInt(line().split(" ")[1]);
        long length = 0;
        boolean chunked = false;
        boolean gzip = false;
        for (String field = line(); !field.isEmpty(); field = line()) {
            String lower = field.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).strip());
            }
            chunked |= lower.equals("transfer-encoding: chunked");
            gzip |= lower.equals("content-encoding: gzip");
        }
        return new Reply(status, gzip, chunked ? chunks() : in.readNBytes((int) length));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.writeBytes(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server has closed after '" + line + "'");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

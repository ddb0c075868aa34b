package io.understudy.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A client of Server-Sent Events, on a connection of its own. */
final class Listening implements AutoCloseable {
    /** Only ends a test that would otherwise hang. */
    private static final int GIVE_UP_MILLIS = 60_000;

    private final Socket socket;
    private final BufferedReader in;

    /**
     * An event.
     *
     * @param name {@code message} if it has none
     */
    record Event(String name, long id, String data) {}

    /** HTTP 1.0 so that what comes is the stream and nothing else. */
    Listening(URI server, String target) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(GIVE_UP_MILLIS);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        socket.getOutputStream()
                .write(("GET " + target + " HTTP/1.0\r\nHost: broker\r\nAccept: text/event-stream\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The status line and the fields; waits until they come. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }

    /** The next event; empty when the server has ended the stream. */
    Optional<Event> next() throws IOException {
        String name = "message";
        long id = -1;
        String data = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.isEmpty()) {
                return Optional.of(new Event(name, id, data));
            }
            int colon = line.indexOf(": ");
            assertThat(colon).as(line).isPositive();
            String value = line.substring(colon + 2);
            switch (line.substring(0, colon)) {
                case "event" -> name = value;
                case "id" -> id = Long.parseLong(value);
                case "data" -> data = value;
                default -> throw new AssertionError("no field of an event: " + line);
            }
        }
        return Optional.empty();
    }

    /** The next events, up to and with the first whose data contains that. */
    List<Event> through(String data) throws IOException {
        List<Event> events = new ArrayList<>();
        do {
            events.add(next().orElseThrow(() -> new AssertionError("the stream has ended after " + events)));
        } while (!events.get(events.size() - 1).data().contains(data));
        return events;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

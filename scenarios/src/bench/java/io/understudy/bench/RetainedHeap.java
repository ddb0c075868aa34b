package io.understudy.bench;

import io.understudy.journal.Journal;
import java.io.IOException;

/** How much heap requests leave behind: arguments are the kind of server and the number of requests. */
final class RetainedHeap {
    private RetainedHeap() {}

    public static void main(String[] args) throws Exception {
        int requests = Integer.parseInt(args[1]);
        try (Server server = Server.start(args[0]);
                Client client = new Client(server.url())) {
            ask(client, Journal.MAX_ENTRIES / 10);
            long first = Heap.used();
            ask(client, Journal.MAX_ENTRIES / 2);
            long filling = Heap.used();
            ask(client, Journal.MAX_ENTRIES);
            long before = Heap.used();
            ask(client, requests);
            long after = Heap.used();
            System.out.println("filling " + (filling - first) / (Journal.MAX_ENTRIES / 2.0));
            System.out.println("full " + (after - before) / (double) requests);
            System.out.println("READY");
        }
    }

    private static void ask(Client client, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            client.get(Server.PATH);
        }
    }
}

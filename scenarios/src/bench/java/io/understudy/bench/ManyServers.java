package io.understudy.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Many servers at once in one JVM: arguments are the kind and the number. */
final class ManyServers {
    private ManyServers() {}

    public static void main(String[] args) throws Exception {
        Server.start(args[0]).close();
        long heapBefore = Heap.used();
        int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
        List<Server> servers = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            Server server = Server.start(args[0]);
            servers.add(server);
            server.askOnce();
        }
        System.out.println("millis " + (System.nanoTime() - begin) / 1e6);
        System.out.println("threads " + (ManagementFactory.getThreadMXBean().getThreadCount() - threadsBefore));
        System.out.println("heap " + (Heap.used() - heapBefore));
        System.out.println("READY");
        servers.forEach(Server::close);
    }
}

package io.understudy.bench;

import java.util.concurrent.CountDownLatch;

/** A server in a JVM of its own; the argument is its kind. */
final class ServerInChild {
    private ServerInChild() {}

    public static void main(String[] args) throws InterruptedException {
        try (Server server = Server.start(args[0])) {
            System.out.println("url " + server.url());
            System.out.println("READY");
            new CountDownLatch(1).await();
        }
    }
}

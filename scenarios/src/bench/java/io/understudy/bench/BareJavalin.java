package io.understudy.bench;

import io.javalin.Javalin;

/** The baseline: a Javalin program with one GET route, and nothing else. */
final class BareJavalin {
    private BareJavalin() {}

    static Javalin start() {
        return Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.routes.get("/api/v3/epoch", context -> context.result("7"));
                })
                .start("127.0.0.1", 0);
    }

    public static void main(String[] args) {
        Javalin javalin = start();
        System.out.println("url http://127.0.0.1:" + javalin.port());
        System.out.println("READY");
    }
}

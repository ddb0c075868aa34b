package io.understudy;

import io.understudy.http.Gateway;
import io.understudy.http.Site;

/** A world's way in, for benchmarks that do without a network; it stands in this package because nobody else may have it. */
public final class BehindTheSockets {
    private BehindTheSockets() {}

    public static Gateway gateway(World world) {
        return world.gateway();
    }

    public static Site site(World world, String system, String node) {
        return new Site(system, node, world.instance(system).api(node));
    }
}

package io.understudy.scenarios;

/** The server proxies of a random world: so many hosts with so many proxies each, registered host after host. */
record Proxies(int hosts, int perHost) {
    int count() {
        return hosts * perHost;
    }

    String address(int i) {
        return "h" + i % hosts + ":" + (7000 + i / hosts);
    }

    /** With an index, which only ordered mode looks at. */
    String registration(int i) {
        int which = i % count();
        return "{\"proxy_address\":\"" + address(which) + "\",\"nodes\":[\"" + address(which) + "0\",\""
                + address(which) + "1\"],\"index\":" + which + "}";
    }

    /** What the broker refuses, in ordered mode at the latest. */
    String unsound(int i) {
        return i % 2 == 0
                ? "{\"proxy_address\":\"nowhere\",\"nodes\":[\"a\",\"b\"]}"
                : "{\"proxy_address\":\"h0:7000\",\"nodes\":[\"a\",\"b\"],\"host\":\"\",\"index\":null}";
    }
}

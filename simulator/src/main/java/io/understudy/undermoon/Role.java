package io.understudy.undermoon;

/** What a node is in its replication pair. */
enum Role {
    MASTER("master"),
    REPLICA("replica");

    private final String wireName;

    Role(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}

package io.understudy.undermoon;

/** The other end of a node's replication pair. */
record ReplPeer(String nodeAddress, String proxyAddress) {}

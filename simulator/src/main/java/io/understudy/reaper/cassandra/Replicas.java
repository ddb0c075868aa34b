package io.understudy.reaper.cassandra;

public final class Replicas {}

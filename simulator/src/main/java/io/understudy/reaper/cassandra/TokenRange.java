package io.understudy.reaper.cassandra;

import java.math.BigInteger;

public record TokenRange(BigInteger start, BigInteger end) {}

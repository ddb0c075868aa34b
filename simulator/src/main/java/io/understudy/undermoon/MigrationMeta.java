package io.understudy.undermoon;

/** Who gives slots to whom, in addresses as of the current role positions (spec undermoon 4.1, 4.5). */
record MigrationMeta(
        long epoch, String srcProxyAddress, String srcNodeAddress, String dstProxyAddress, String dstNodeAddress) {}

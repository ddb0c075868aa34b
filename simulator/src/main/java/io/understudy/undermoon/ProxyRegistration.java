package io.understudy.undermoon;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The body of endpoint 20; the address is not yet checked. */
record ProxyRegistration(String proxyAddress, List<String> nodes, Optional<String> host, OptionalLong index) {
    ProxyRegistration {
        nodes = List.copyOf(nodes);
    }

    static ProxyRegistration of(String proxyAddress, String firstNode, String secondNode) {
        return new ProxyRegistration(
                proxyAddress, List.of(firstNode, secondNode), Optional.empty(), OptionalLong.empty());
    }

    ProxyRegistration onHost(String name) {
        return new ProxyRegistration(proxyAddress, nodes, Optional.of(name), index);
    }

    ProxyRegistration withIndex(long position) {
        return new ProxyRegistration(proxyAddress, nodes, host, OptionalLong.of(position));
    }
}

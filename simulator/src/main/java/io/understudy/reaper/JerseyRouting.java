package io.understudy.reaper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the resource method for a path and a method as Jersey 3.1 does: the template with the most literal characters that fits the
 * whole path decides alone, whatever methods it has ({@code PathMatchingRouter}, {@code MethodSelectingRouter}).
 */
final class JerseyRouting {
    /** What a request is for. */
    sealed interface Found {
        /** That row. */
        record Method(ReaperEndpoint endpoint, Map<String, String> parameters) implements Found {}

        /** {@code OPTIONS} on a resource, which Jersey answers. */
        record Options(List<String> allowed) implements Found {}

        /** The resource has no such method, but those. */
        record NotAllowed(List<String> allowed) implements Found {}

        /** There is no such resource. */
        record Nothing() implements Found {}
    }

    /** All methods of one template. Insertion is in catalogue order; the order in which they are told is that of their hashes. */
    private record Place(UriTemplate template, Map<String, ReaperEndpoint> methods) {
        /** What a 405 says: {@code consumesProducesAcceptors.keySet()} of a {@code HashMap}; without the HEAD that GET implies. */
        Collection<String> withoutImplied() {
            Map<String, Boolean> acceptors = new HashMap<>();
            methods.keySet().forEach(method -> acceptors.put(method, true));
            acceptors.put("OPTIONS", true);
            return acceptors.keySet();
        }

        /** What OPTIONS says: {@code ModelProcessorUtil.getAllowedMethods}, a {@code HashSet}. */
        Collection<String> allowed() {
            Set<String> allowed = new HashSet<>(methods.keySet());
            allowed.add("OPTIONS");
            if (methods.containsKey("GET")) {
                allowed.add("HEAD");
            }
            return allowed;
        }
    }

    private final List<Place> resources;

    JerseyRouting(List<ReaperEndpoint> endpoints) {
        Map<String, Place> byShape = new LinkedHashMap<>();
        for (ReaperEndpoint endpoint : endpoints) {
            byShape.computeIfAbsent(
                            endpoint.template().shape(), shape -> new Place(endpoint.template(), new LinkedHashMap<>()))
                    .methods()
                    .put(endpoint.method(), endpoint);
        }
        resources = new ArrayList<>(byShape.values());
        resources.sort(Comparator.comparing(Place::template, UriTemplate.ORDER));
    }

    Found find(String method, String path) {
        List<String> segments = UriTemplate.segments(path);
        Optional<Place> found = resources.stream()
                .filter(candidate -> candidate.template().matches(segments))
                .findFirst();
        if (found.isEmpty()) {
            return new Found.Nothing();
        }
        Place resource = found.get();
        ReaperEndpoint endpoint = resource.methods().get(method);
        if (endpoint == null && method.equals("HEAD")) {
            endpoint = resource.methods().get("GET");
        }
        if (endpoint != null) {
            return new Found.Method(endpoint, endpoint.template().parameters(segments));
        }
        return method.equals("OPTIONS")
                ? new Found.Options(List.copyOf(resource.allowed()))
                : new Found.NotAllowed(List.copyOf(resource.withoutImplied()));
    }
}

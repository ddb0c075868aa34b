package io.understudy.http;

import java.util.Map;

/**
 * Which operation a request is for.
 *
 * @param operation the endpoint's operation id, or {@code <system>.unrouted} when the system's framework answers by itself
 * @param parameters the path parameters by name
 * @param handler what answers it
 */
public record Route(String operation, Map<String, String> parameters, Handler handler) {}

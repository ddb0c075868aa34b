package io.understudy.http;

import io.understudy.journal.Reply;
import java.util.function.Function;

/**
 * One operation of a {@link RestSite}.
 *
 * @param method the method, in capitals
 * @param path the path template, parameters in braces: {@code /faults/{id}}
 * @param handler answers a call; called on a thread of the stage, many calls at once
 */
public record RestRoute(String method, String path, Function<RestCall, Reply> handler) {}

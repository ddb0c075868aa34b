/**
 * The HTTP stage: listeners, the way of a request through the gateway, and what faults do to a socket. The only room that
 * knows Jetty and Javalin.
 *
 * <p>The life of a request: a listener ({@link io.understudy.http.Stage}) reads it whole, and the world's
 * {@link io.understudy.http.Gateway} takes it through one atomic step: it finds the {@link io.understudy.http.Endpoint} by asking
 * the system's {@link io.understudy.http.Api}, lets fault rules shape the course, has the endpoint's
 * {@link io.understudy.http.Handler} answer, and writes the journal. What then goes over the wire is done outside the lock.
 *
 * <p>A reply may come at once, later, or bit by bit ({@link io.understudy.http.Answer}); {@link io.understudy.http.Replies} is
 * where a system sends what does not come at once. Held and streamed replies are sockets and no part of a world's state.
 *
 * <p>Behind a stage: {@code Backstage} (one selector, one pool of threads, one scheduler for all worlds of the process),
 * {@code Door} (a port), {@code SiteConnection} (a client of an emulated system, straight on Jetty's end point, so that every
 * byte of a head is the system's own) and {@code RestTongue} (a client of a {@link io.understudy.http.RestSite}, through
 * Javalin, which is loaded when the first one comes).
 */
@NullMarked
package io.understudy.http;

import org.jspecify.annotations.NullMarked;

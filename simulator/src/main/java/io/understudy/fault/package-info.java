/**
 * What can go wrong, on purpose.
 *
 * <p>A {@link io.understudy.fault.FaultRule} is a match, a trigger and a {@link io.understudy.fault.Fault}; the world's
 * {@link io.understudy.fault.Faults} hold the rules in force. For every request the gateway asks them for the
 * {@link io.understudy.fault.Course} of the exchange: each rule that strikes shapes it. The course says how often the request is
 * executed, what is replied, and what happens on the wire, as {@link io.understudy.fault.WireStep}s, which are data; only
 * the HTTP stage touches sockets.
 *
 * <p>A new fault is one record that implements {@code Fault}, named in its {@code permits} clause.
 */
@NullMarked
package io.understudy.fault;

import org.jspecify.annotations.NullMarked;

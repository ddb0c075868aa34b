/**
 * The control API: worlds over HTTP, for clients in any language.
 *
 * <p>{@link io.understudy.control.Catalogue} is what there is to emulate; {@link io.understudy.control.WorldPlan} says which
 * world is wanted, in the words that the command line, its configuration file and {@code POST /worlds} share;
 * {@link io.understudy.control.Worlds} holds those that are on the air; {@link io.understudy.control.ControlServer} listens.
 *
 * <p>The life of one request: {@code ControlServer} takes it from the wire, {@code Guard} decides whether it may come in,
 * {@code ControlApi} finds its operation in the table of {@code Operations} and the world it is about, the operation looks at
 * that world or moves it, and what goes wrong becomes a {@code Problem} (RFC 9457). {@code control.yaml} describes it all.
 */
@NullMarked
package io.understudy.control;

import org.jspecify.annotations.NullMarked;

/**
 * What happened in a world, in the order in which it happened.
 *
 * <p>{@link io.understudy.journal.Request} and {@link io.understudy.journal.Reply} are what went over the wire, as values;
 * {@link io.understudy.journal.Exchange} is one of each with what the world made of it; {@link io.understudy.journal.Journal}
 * is the bounded record of them; {@link io.understudy.journal.Match} picks exchanges, for fault rules and for verification
 * alike.
 */
@NullMarked
package io.understudy.journal;

import org.jspecify.annotations.NullMarked;

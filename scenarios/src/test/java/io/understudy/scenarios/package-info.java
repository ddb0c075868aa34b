/**
 * What holds of a simulation as its clients see it: over sockets, through the public API, whatever is asked.
 *
 * <ul>
 *   <li>{@link io.understudy.scenarios.Client}, {@link io.understudy.scenarios.Ask}, {@link io.understudy.scenarios.Answer}: a
 *       client that sees bytes;
 *   <li>{@link io.understudy.scenarios.RawTalk}, {@link io.understudy.scenarios.Listening}: bytes that need not be HTTP, and a
 *       listener of Server-Sent Events;
 *   <li>{@link io.understudy.scenarios.Chat}, {@link io.understudy.scenarios.Crowd}, {@link io.understudy.scenarios.Told}: what
 *       many ask at once, and what is compared of two worlds;
 *   <li>{@link io.understudy.scenarios.Command}: the commands that random histories are made of, sound and broken ones;
 *   <li>{@link io.understudy.scenarios.Refusals}, {@link io.understudy.scenarios.EpochTable},
 *       {@link io.understudy.scenarios.StoreInvariants}, {@link io.understudy.scenarios.ExpectedViews}: what each of them must
 *       answer, what it may change, and what must hold afterwards;
 *   <li>{@link io.understudy.scenarios.Deed}, {@link io.understudy.scenarios.Chance}: histories in which things go wrong;
 *   <li>the same for Reaper: {@link io.understudy.scenarios.ReaperCommand} and {@link io.understudy.scenarios.ReaperTrouble} are the
 *       histories, {@link io.understudy.scenarios.ReaperLook} is all that it shows, {@link io.understudy.scenarios.ReaperInvariants}
 *       holds of each look, {@link io.understudy.scenarios.ReaperStep} of what came between two;
 *   <li>{@link io.understudy.scenarios.Scenario}, {@link io.understudy.scenarios.Player}: the stories in
 *       {@code src/main/resources/scenarios}.
 * </ul>
 */
@NullMarked
package io.understudy.scenarios;

import org.jspecify.annotations.NullMarked;

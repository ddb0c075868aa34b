/**
 * The command line: {@code java -jar understudy.jar start}.
 *
 * <p>{@link io.understudy.cli.Main} hands its arguments to {@code Commands}, which reads them by the table of {@code Flag}s and
 * runs {@code Start} or one of the {@code Listings}. What a user did wrong is a {@code UsageException} (exit code 2), what
 * could not be done is any other exception (exit code 1); both end as one line on standard error.
 */
@NullMarked
package io.understudy.cli;

import org.jspecify.annotations.NullMarked;

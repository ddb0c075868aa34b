/** Cassandra Reaper: repairs of many Cassandra clusters. */
@NullMarked
package io.understudy.reaper;

import org.jspecify.annotations.NullMarked;

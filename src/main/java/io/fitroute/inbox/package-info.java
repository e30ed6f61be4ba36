/**
 * The inbox: all work starts as an event in it. It stores events durably, leases them to workers,
 * keeps those of one object in order, and settles each with a reason.
 *
 * <p>{@link io.fitroute.inbox.Inbox} accepts events, {@link io.fitroute.inbox.internal.Leases}
 * leases them to workers, and {@link io.fitroute.inbox.Outcomes} records how they end.
 *
 * <p>Routes use it as the Camel component {@code inbox}: {@code inbox:accept} accepts an event,
 * {@code inbox:work} hands out due events, {@code inbox:log} records a step, and {@code
 * inbox:done}, {@code skip}, {@code dead}, {@code retry}, {@code sink-down}, {@code not-ready} and
 * {@code defer} report the outcome of an attempt.
 */
package io.fitroute.inbox;

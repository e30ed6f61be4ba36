/**
 * The inbox: whatever starts work is an event in it. It accepts durably, leases events to workers,
 * keeps those of one object in order, and settles each with a reason.
 *
 * <p>{@link io.fitroute.inbox.Inbox} takes events in. Workers hold them by {@link
 * io.fitroute.inbox.internal.Leases}, and what becomes of each is recorded by {@link
 * io.fitroute.inbox.Outcomes}.
 *
 * <p>Routes see it as the Camel component {@code inbox}: {@code inbox:accept} takes an event in,
 * {@code inbox:work} hands out those whose time has come, {@code inbox:tell} says what was done
 * about one, and {@code inbox:done}, {@code inbox:skip}, {@code inbox:dead}, {@code inbox:fail},
 * {@code inbox:not-ready} and {@code inbox:park} say how an attempt came out.
 */
package io.fitroute.inbox;

/** Leases, their renewal, outcomes and the dispatcher's loop. */
package io.fitroute.inbox.internal;

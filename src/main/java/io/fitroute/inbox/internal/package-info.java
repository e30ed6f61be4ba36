/** Leases, their renewal, retries and the dispatcher's loop. */
package io.fitroute.inbox.internal;

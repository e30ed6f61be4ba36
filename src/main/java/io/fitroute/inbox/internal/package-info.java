/** How the inbox leases events, watches the leases, and takes turns. */
package io.fitroute.inbox.internal;

/** Deadlines for exchanges with other servers. */
package io.fitroute.transfer;

/** Exchanges with other servers that end, whatever the servers do. */
package io.fitroute.transfer;

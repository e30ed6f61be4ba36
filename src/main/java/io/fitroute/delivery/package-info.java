/** Where files go: their paths, the calls to sinks, and the record of deliveries. */
package io.fitroute.delivery;

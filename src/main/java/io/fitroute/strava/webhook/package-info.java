/** The webhook: request limits, signatures, the handshake, and the format of events. */
package io.fitroute.strava.webhook;

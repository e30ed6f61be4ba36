/** The webhook: who may post, what an event looks like, and what is refused. */
package io.fitroute.strava.webhook;

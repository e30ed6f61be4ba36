/** How athletes connect and disconnect, and how their tokens are stored and refreshed. */
package io.fitroute.strava.oauth;

/** The integration with Strava. */
package io.fitroute.strava;

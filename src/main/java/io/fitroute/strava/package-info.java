/** Strava: its events, its athletes' tokens, its API budget, its activities, its originals. */
package io.fitroute.strava;

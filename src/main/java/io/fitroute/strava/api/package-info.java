/** Requests to Strava's API: credentials, athletes, budget, and the meaning of responses. */
package io.fitroute.strava.api;

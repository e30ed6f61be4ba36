/**
 * Requests to Strava's API: the application, the athletes, the budget, and what the responses mean.
 */
package io.fitroute.strava.api;

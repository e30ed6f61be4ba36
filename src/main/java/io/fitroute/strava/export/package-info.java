/**
 * Ways to obtain an activity's FIT file: the original at Strava, and the original at Intervals.icu.
 */
package io.fitroute.strava.export;

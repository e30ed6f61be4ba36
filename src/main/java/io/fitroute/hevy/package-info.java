/** Workouts of Hevy, which become activities at Intervals.icu. */
package io.fitroute.hevy;

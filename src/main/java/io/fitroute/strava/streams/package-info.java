/**
 * Makes a FIT file of what Strava's API tells of an activity: its details and its streams.
 *
 * <p>Such a file says of itself that fitroute made it. It holds what Strava shows, which is less
 * than what the device recorded, and is never called an original.
 */
package io.fitroute.strava.streams;

/** Writes a FIT file from the streams and details that the API returns. */
package io.fitroute.strava.export.streams;

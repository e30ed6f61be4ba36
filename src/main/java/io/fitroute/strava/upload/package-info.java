/** Uploads of files to Strava. */
package io.fitroute.strava.upload;

/** The application's webhook subscription: creating it, watching it, and recognising its events. */
package io.fitroute.strava.subscription;

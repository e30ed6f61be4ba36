/** The known activities, which of them are wanted, and how long their details are kept. */
package io.fitroute.strava.activity;

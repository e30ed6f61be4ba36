/** Routes and kamelets that change while the service runs, for those who write them. */
package io.fitroute.editing;

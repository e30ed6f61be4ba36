/** Finds out what can be wrong, and says how it is mended. */
package io.fitroute.doctor;

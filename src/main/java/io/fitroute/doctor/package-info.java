/** Finds problems and their remedies. */
package io.fitroute.doctor;

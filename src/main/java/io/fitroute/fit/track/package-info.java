/** Computes the contents of a FIT activity file from points of any source. */
package io.fitroute.fit.track;

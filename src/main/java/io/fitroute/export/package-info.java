/** The ways to obtain a FIT file, tried in order until one succeeds. */
package io.fitroute.export;

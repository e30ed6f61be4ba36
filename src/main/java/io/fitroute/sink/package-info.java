/**
 * The sinks that are on other machines: what is the same for all of them, and how each protocol
 * does its part.
 */
package io.fitroute.sink;

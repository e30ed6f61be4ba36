/**
 * Measurements of the whole program from outside: it runs in its own process, started by the
 * launcher, and the load comes from another process. Started by {@code benchmarks/run}, not by the
 * tests.
 */
package io.fitroute.benchmark;

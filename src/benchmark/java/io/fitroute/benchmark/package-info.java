/**
 * Measurements of the whole program, from outside: it runs in a process of its own, as the launcher
 * starts it, and load comes from yet another one. {@code benchmarks/run} starts them; the tests do
 * not.
 */
package io.fitroute.benchmark;

/**
 * A fake Strava: its API, OAuth, web export and webhooks over real HTTP on this machine, with the
 * pitfalls of the real one and faults on demand. {@link io.fitroute.simulator.FakeStrava} is the
 * entry point; its routes are in the resources under {@code simulator/}.
 */
package io.fitroute.simulator;

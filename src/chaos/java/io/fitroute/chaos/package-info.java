/**
 * Chaos tests: real services in their own processes, killed while they work, against a fake Strava
 * that fails; afterwards all promises are checked. {@link io.fitroute.chaos.Chaos} runs long tests,
 * {@link io.fitroute.chaos.ChaosIT} short ones.
 */
package io.fitroute.chaos;

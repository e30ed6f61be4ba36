/**
 * Chaos: real services as processes of their own, killed while they work, against a fake Strava
 * that fails; afterwards, whatever was promised is looked for. {@link io.fitroute.chaos.Chaos} runs
 * it at length, {@link io.fitroute.chaos.ChaosIT} briefly.
 */
package io.fitroute.chaos;

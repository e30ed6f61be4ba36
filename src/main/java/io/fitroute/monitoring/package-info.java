/**
 * Whether the service works: readiness checks, warnings, metrics, and the notices that follow from
 * them.
 */
package io.fitroute.monitoring;

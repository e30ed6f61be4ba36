/** Whether the service works: readiness checks, warnings, metrics and notices. */
package io.fitroute.monitoring;

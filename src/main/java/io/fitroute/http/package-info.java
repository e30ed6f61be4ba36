/**
 * What the two HTTP servers answer besides the routes: pages, health, errors, and the limits on
 * connections and requests.
 */
package io.fitroute.http;

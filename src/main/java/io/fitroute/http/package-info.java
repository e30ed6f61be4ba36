/**
 * The parts of the HTTP servers beside the routes: pages, health, error messages, sent requests,
 * and limits on connections and requests.
 */
package io.fitroute.http;

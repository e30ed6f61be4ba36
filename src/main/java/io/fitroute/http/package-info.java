/**
 * The parts of the HTTP servers beside the routes: pages, health, errors, and limits on connections
 * and requests.
 */
package io.fitroute.http;

/** Puts the parts together into a running service, and says how it is. */
package io.fitroute.service;

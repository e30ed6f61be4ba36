/**
 * Starts and stops the program: the service, its run modes, the files of routes and their
 * reloading, and the clients through which commands use it.
 */
package io.fitroute.runtime;

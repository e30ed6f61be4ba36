/**
 * All settings, from the environment, {@code .env} and {@code application.properties}, checked once
 * at the start.
 */
package io.fitroute.settings;

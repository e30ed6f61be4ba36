/** The command line: one class a command, and what commands share. */
package io.fitroute.cli;

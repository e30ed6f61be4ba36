/** The output of commands, as text and JSON, and their exit codes. */
package io.fitroute.cli.report;

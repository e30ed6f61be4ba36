/** What commands print, as text and as JSON, and the exit codes they end with. */
package io.fitroute.cli.report;

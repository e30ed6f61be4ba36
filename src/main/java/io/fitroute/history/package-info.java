/** Activities that no webhook event announced: polling and backfills. */
package io.fitroute.history;

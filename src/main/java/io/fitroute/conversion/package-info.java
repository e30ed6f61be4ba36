/**
 * Writes FIT files from GPX and TCX documents. Knows nothing of where a document comes from or
 * where its file goes to.
 */
package io.fitroute.conversion;

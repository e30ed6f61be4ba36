/**
 * Converts GPX and TCX documents to FIT, independently of where documents come from and files go.
 */
package io.fitroute.conversion;

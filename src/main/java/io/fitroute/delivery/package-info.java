/** Where files go: their names, the file sink, and the record of what was delivered. */
package io.fitroute.delivery;

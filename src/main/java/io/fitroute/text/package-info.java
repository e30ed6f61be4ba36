/** Makes foreign text safe to show. */
package io.fitroute.text;

/** What no webhook told: the list of activities, asked for now and then, and page by page. */
package io.fitroute.history;

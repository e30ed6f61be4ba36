/** What the user should know and can mend, found out while the service runs. */
package io.fitroute.notice;

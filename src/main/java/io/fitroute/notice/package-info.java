/** Problems that the user should know of and can resolve, and what is announced of them. */
package io.fitroute.notice;

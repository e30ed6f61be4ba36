/**
 * The component {@code inbox:}, by which routes accept events, work on them, and say how they
 * ended.
 */
package io.fitroute.inbox.camel;

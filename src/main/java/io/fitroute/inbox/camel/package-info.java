/**
 * The component {@code inbox:}, through which routes accept events, work on them and report
 * outcomes.
 */
package io.fitroute.inbox.camel;

/** Text from outside, made fit to be shown. */
package io.fitroute.text;

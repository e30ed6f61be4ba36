package io.fitroute.simulator;

import java.time.Instant;

/**
 * A request to the fake Strava, without secrets.
 *
 * @param method such as {@code GET}
 * @param path the path without the query
 * @param query the query without its secret parameters; empty for none
 * @param status the status of the response; 0 while there is none, and for a dropped connection
 * @param at when it arrived, by the machine's clock
 * @param credential the kind of credential
 */
public record RecordedRequest(
    String method, String path, String query, int status, Instant at, CredentialKind credential) {}

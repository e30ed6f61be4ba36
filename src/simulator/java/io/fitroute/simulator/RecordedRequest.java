package io.fitroute.simulator;

import java.time.Instant;

/**
 * A request that the fake Strava got. No secret is kept.
 *
 * @param method such as {@code GET}
 * @param path the path without the query
 * @param query the query without its secret parameters; empty for none
 * @param status the answer's status; 0 while there is none, and for a dropped connection
 * @param at when it came in, by the machine's clock
 * @param credential what kind of credential it carried
 */
public record RecordedRequest(
    String method, String path, String query, int status, Instant at, CredentialKind credential) {}

package io.fitroute.delivery;

import java.time.Instant;

/**
 * A file that is at a sink.
 *
 * @param path below the sink
 * @param provenance where it came from
 * @param size in bytes
 * @param sha256 in lower-case hexadecimal
 */
public record Delivery(
    String activityId,
    String sink,
    String path,
    String provenance,
    long size,
    String sha256,
    Instant deliveredAt) {

  /** The same file at a path, since a time. */
  Delivery at(String elsewhere, Instant time) {
    return new Delivery(activityId, sink, elsewhere, provenance, size, sha256, time);
  }
}

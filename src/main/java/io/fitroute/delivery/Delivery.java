package io.fitroute.delivery;

import io.fitroute.export.ExportedFile;
import java.time.Instant;

/**
 * A file at a sink.
 *
 * @param path the path below the sink
 * @param provenance where the file came from
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

  /** A file that is yet to be delivered to a sink. */
  static Delivery of(String activityId, String sink, String path, ExportedFile file) {
    return new Delivery(
        activityId, sink, path, file.provenance(), file.size(), file.sha256(), Instant.EPOCH);
  }

  /** The same file at another path and time. */
  Delivery at(String elsewhere, Instant time) {
    return new Delivery(activityId, sink, elsewhere, provenance, size, sha256, time);
  }

  /** Its place as text: {@code file:2026/11/123.fit}. */
  String place() {
    return sink + ":" + path;
  }

  /** Equal for all deliveries to one path of one sink. */
  public String key() {
    return sink + ":" + DeliveryIntent.key(path);
  }
}

package io.fitroute.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;

/**
 * Caches the documents of activities, so that the fake is fast. Bounded by size; keys are the
 * activities' values, so entries never become stale.
 */
final class ActivityCache {

  private static final long BYTES_KEPT = 32 << 20;

  private final Cache<Key, byte[]> written =
      Caffeine.newBuilder()
          .maximumWeight(BYTES_KEPT)
          .weigher((Key key, byte[] value) -> value.length)
          .executor(Runnable::run)
          .build();

  private record Key(SimulatedActivity activity, String kind) {}

  byte[] summary(SimulatedActivity activity) {
    return written.get(
        new Key(activity, "summary"), key -> Json.bytes(ActivityDocuments.summary(activity)));
  }

  byte[] details(SimulatedActivity activity) {
    return written.get(
        new Key(activity, "details"), key -> Json.bytes(ActivityDocuments.details(activity)));
  }

  byte[] streams(SimulatedActivity activity, List<String> keys, boolean byType) {
    return written.get(
        new Key(activity, "streams " + byType + keys),
        key -> Json.bytes(streamsDocument(activity, keys, byType)));
  }

  byte[] original(SimulatedActivity activity) {
    return written.get(new Key(activity, "original"), key -> Originals.write(activity));
  }

  private static JsonNode streamsDocument(
      SimulatedActivity activity, List<String> keys, boolean byType) {
    ObjectNode streams = ActivityDocuments.streams(activity, keys);
    if (byType) {
      return streams;
    }
    ArrayNode list = Json.array();
    streams
        .properties()
        .forEach(
            stream ->
                list.add(
                    Json.object()
                        .put("type", stream.getKey())
                        .setAll((ObjectNode) stream.getValue())));
    return list;
  }
}

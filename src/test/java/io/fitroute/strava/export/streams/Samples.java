package io.fitroute.strava.export.streams;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.garmin.fit.FitMessages;
import io.fitroute.fit.GarminDecoder;
import io.fitroute.strava.activity.Activity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Details and streams from Strava, and the files made of them. */
final class Samples {

  static final Instant START = Instant.parse("2026-11-20T06:02:11Z");

  private static final ObjectMapper JSON = new ObjectMapper();

  private Samples() {}

  /** Details of a run with only the indispensable fields. */
  static ObjectNode details() {
    return JSON.createObjectNode()
        .put("id", 16999000111L)
        .put("name", "Canal out and back")
        .put("type", "Run")
        .put("sport_type", "Run")
        .put("start_date", "2026-11-20T06:02:11Z")
        .put("start_date_local", "2026-11-20T07:02:11Z")
        .put("utc_offset", 3600.0);
  }

  static Activity activity(ObjectNode details) {
    return Activity.of(details, Instant.EPOCH);
  }

  static StreamSet read(String json) throws IOException, CannotSynthesise {
    return new StreamSetReader()
        .read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes a file, and reads it with Garmin's SDK, which must find no error. */
  static FitMessages made(ObjectNode details, String streams) throws IOException, CannotSynthesise {
    Path file = Files.createTempFile("made", ".fit");
    try {
      new FitFromStreams(1.07).write(file, activity(details), read(streams));
      return GarminDecoder.decodeValid(file);
    } finally {
      Files.delete(file);
    }
  }
}

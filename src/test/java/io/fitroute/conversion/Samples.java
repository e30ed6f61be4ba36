package io.fitroute.conversion;

import com.garmin.fit.FitMessages;
import io.fitroute.fit.GarminDecoder;
import io.fitroute.fit.track.FileMaker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Sample documents and their conversion. */
final class Samples {

  static final Instant START = Instant.parse("2026-11-20T06:02:11Z");

  private Samples() {}

  /** The result of a conversion. */
  record Result(Converted converted, FitMessages messages) {}

  static Result convert(byte[] document) throws IOException, CannotConvert {
    Path file = Files.createTempFile("document", ".xml");
    Path fit = Files.createTempFile("converted", ".fit");
    try {
      Files.write(file, document);
      Converted converted = new Conversion(new FileMaker(1.07)).convert(file, fit);
      return new Result(converted, GarminDecoder.decodeValidInUtc(fit));
    } finally {
      Files.delete(file);
      Files.deleteIfExists(fit);
    }
  }

  static Result convert(String document) throws IOException, CannotConvert {
    return convert(document.getBytes(StandardCharsets.UTF_8));
  }

  /** A GPX document with the given content. */
  static String gpx(String content) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <gpx version="1.1" creator="a watch" xmlns="http://www.topografix.com/GPX/1/1"
            xmlns:gpxtpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v1">
        %s
        </gpx>
        """
        .formatted(content);
  }

  /** A GPX document with one track of one segment with the given points. */
  static String track(String points) {
    return gpx("<trk><trkseg>" + points + "</trkseg></trk>");
  }

  /** The time a number of seconds after the start, in the format of GPX and TCX. */
  static String at(int second) {
    return START.plusSeconds(second).toString();
  }

  /** A GPX point, with further elements. */
  static String point(int second, double latitude, double longitude, String content) {
    return "<trkpt lat=\"%s\" lon=\"%s\"><time>%s</time>%s</trkpt>"
        .formatted(latitude, longitude, at(second), content);
  }
}

package io.fitroute.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Creates the file that the device uploaded from the activity's points. */
final class Originals {

  private Originals() {}

  /** The file's bytes, compressed if the activity says so. */
  static byte[] write(SimulatedActivity activity) {
    Track track = Track.of(activity);
    byte[] file =
        switch (activity.original()) {
          case FIT -> FitOriginal.write(activity, track);
          case TCX -> tcx(activity, track);
          case GPX -> gpx(activity, track);
          case JSON -> json(activity, track);
          case NONE -> new byte[0];
        };
    return activity.gzipped() ? gzip(file) : file;
  }

  private static byte[] gpx(SimulatedActivity activity, Track track) {
    StringBuilder text = new StringBuilder(track.size() * 120);
    text.append(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <gpx creator="StravaGPX" version="1.1" xmlns="http://www.topografix.com/GPX/1/1">
         <trk><type>running</type><trkseg>
        """);
    for (int i = 0; i < track.size(); i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "  <trkpt lat=\"%.6f\" lon=\"%.6f\"><ele>%.1f</ele><time>%s</time></trkpt>%n",
              track.latitude[i],
              track.longitude[i],
              track.altitude[i],
              time(activity, track, i)));
    }
    return text.append(" </trkseg></trk>\n</gpx>\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Blanks before the declaration are a known quirk of files from Strava. */
  private static byte[] tcx(SimulatedActivity activity, Track track) {
    StringBuilder text = new StringBuilder(track.size() * 200);
    text.append(
            """
                      <?xml version="1.0" encoding="UTF-8"?>
            <TrainingCenterDatabase
              xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">
             <Activities><Activity Sport="Running">
            """)
        .append("  <Id>" + activity.start() + "</Id>\n")
        .append("  <Lap StartTime=\"" + activity.start() + "\"><Track>\n");
    for (int i = 0; i < track.size(); i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "<Trackpoint><Time>%s</Time><Position><LatitudeDegrees>%.6f</LatitudeDegrees>"
                  + "<LongitudeDegrees>%.6f</LongitudeDegrees></Position>"
                  + "<DistanceMeters>%.2f</DistanceMeters></Trackpoint>%n",
              time(activity, track, i),
              track.latitude[i],
              track.longitude[i],
              track.distance[i]));
    }
    text.append("  </Track></Lap></Activity></Activities>\n</TrainingCenterDatabase>\n");
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] json(SimulatedActivity activity, Track track) {
    var document = Json.object().put("start", activity.start().toString());
    var points = document.putArray("points");
    for (int i = 0; i < track.size(); i++) {
      points
          .addObject()
          .put("time", track.time[i])
          .put("lat", track.latitude[i])
          .put("lng", track.longitude[i]);
    }
    return Json.bytes(document);
  }

  private static Instant time(SimulatedActivity activity, Track track, int index) {
    return activity.start().plusSeconds(track.time[index]);
  }

  private static byte[] gzip(byte[] file) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
      stream.write(file);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }
}

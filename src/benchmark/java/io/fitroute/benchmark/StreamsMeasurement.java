package io.fitroute.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fitroute.fit.FitCheck;
import io.fitroute.strava.activity.Activity;
import io.fitroute.strava.export.streams.FitFromStreams;
import io.fitroute.strava.export.streams.StreamSet;
import io.fitroute.strava.export.streams.StreamSetReader;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures the time from Strava's response to a checked FIT file, for ten hours at a point a second
 * with ten streams. A program of its own, so that it can run in a small heap.
 */
public final class StreamsMeasurement {

  private static final int RECORDS = 36_000;
  private static final int WARM_UP = 60;
  private static final int RUNS = 100;
  private static final double MEGABYTE = 1 << 20;

  private final byte[] answer = answer();
  private final Activity activity;
  private final FitFromStreams writer = new FitFromStreams(0.01);
  private final Path file;

  private StreamsMeasurement(Path file) throws Exception {
    this.file = file;
    String details =
        """
        {"id":1,"name":"Ten hours","sport_type":"Run","start_date":"2026-11-20T06:00:00Z",
         "start_date_local":"2026-11-20T07:00:00Z","elapsed_time":36000}
        """;
    this.activity = Activity.of(new ObjectMapper().readTree(details), Instant.EPOCH);
  }

  public static void main(String[] arguments) throws Exception {
    Path file = Files.createTempFile("streams-benchmark", ".fit");
    try {
      new StreamsMeasurement(file).run();
    } finally {
      Files.delete(file);
    }
  }

  private record Times(double read, double write, double check) {}

  private void run() throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      once();
    }
    resetPeaks();
    Times[] times = new Times[RUNS];
    for (int i = 0; i < RUNS; i++) {
      times[i] = once();
    }
    Table table = new Table("", "median ms", "p95 ms", "max ms");
    row(table, "read the answer", Arrays.stream(times).mapToDouble(Times::read).toArray());
    row(table, "map and encode", Arrays.stream(times).mapToDouble(Times::write).toArray());
    row(table, "check the file", Arrays.stream(times).mapToDouble(Times::check).toArray());
    table.print(
        String.format(
            Locale.ROOT,
            "A FIT file from streams (%,d records, 10 streams; answer of %.1f MB, file of %.1f MB;"
                + " heap of %.0f MB, of it %.0f MB in use at the most)",
            RECORDS,
            answer.length / MEGABYTE,
            Files.size(file) / MEGABYTE,
            Runtime.getRuntime().maxMemory() / MEGABYTE,
            peak()));
  }

  private Times once() throws Exception {
    long start = System.nanoTime();
    StreamSet streams = new StreamSetReader().read(new ByteArrayInputStream(answer));
    long read = System.nanoTime();
    writer.write(file, activity, streams);
    long written = System.nanoTime();
    if (new FitCheck().check(file).records() != RECORDS) {
      throw new IllegalStateException("records are missing");
    }
    long checked = System.nanoTime();
    return new Times(millis(read - start), millis(written - read), millis(checked - written));
  }

  private static void row(Table table, String what, double[] millis) {
    Arrays.sort(millis);
    table.row(
        what,
        tenths(millis[millis.length / 2]),
        tenths(millis[millis.length * 95 / 100]),
        tenths(millis[millis.length - 1]));
  }

  private static String tenths(double millis) {
    return String.format(Locale.ROOT, "%.1f", millis);
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }

  private static void resetPeaks() {
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  private static double peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum()
        / MEGABYTE;
  }

  private static byte[] answer() {
    StringBuilder json = new StringBuilder("{");
    append(json, "time", "%d", i -> i);
    append(json, "distance", "%.1f", i -> i * 2.9);
    append(json, "altitude", "%.1f", i -> 20 + 10 * Math.sin(i / 300.0));
    append(json, "velocity_smooth", "%.3f", i -> 2.9 + 0.3 * Math.sin(i / 40.0));
    append(json, "heartrate", "%d", i -> 140 + i % 20);
    append(json, "cadence", "%d", i -> 80 + i % 5);
    append(json, "watts", "%d", i -> 250 + i % 40);
    append(json, "temp", "%d", i -> 15 + i / 6000);
    append(json, "grade_smooth", "%.1f", i -> 3 * Math.cos(i / 300.0));
    json.append("\"latlng\":{\"data\":[");
    for (int i = 0; i < RECORDS; i++) {
      json.append(i == 0 ? "" : ",")
          .append(String.format(Locale.ROOT, "[%.6f,%.6f]", 51 + i * 1e-5, 3.7 + i * 1e-5));
    }
    return json.append("]}}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private interface Values {
    double at(int index);
  }

  private static void append(StringBuilder json, String key, String format, Values values) {
    json.append('"').append(key).append("\":{\"data\":[");
    for (int i = 0; i < RECORDS; i++) {
      double value = values.at(i);
      json.append(i == 0 ? "" : ",")
          .append(
              format.equals("%d")
                  ? Long.toString((long) value)
                  : String.format(Locale.ROOT, format, value));
    }
    json.append("]},");
  }
}

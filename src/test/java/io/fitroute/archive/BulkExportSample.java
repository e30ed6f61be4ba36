package io.fitroute.archive;

import io.fitroute.fit.FitSamples;
import io.fitroute.fit.Sport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds a bulk export like Strava's, in one of its languages. */
public final class BulkExportSample {

  public static final Sport RUNNING = new Sport(1, 0);
  public static final Sport CYCLING = new Sport(2, 0);
  private static final Instant FIRST = Instant.parse("2020-01-01T08:00:00Z");

  /**
   * The words of a language.
   *
   * @param columns the number of columns; names repeat
   * @param fileColumn the index of the column with the file's name
   */
  public enum Language {
    ENGLISH(87, 12, StandardCharsets.UTF_8, "Activity ID", "Run", "Ride"),
    GERMAN(78, 11, StandardCharsets.UTF_8, "Aktivitäts-ID", "Lauf", "Radfahrt"),
    FRENCH(101, 14, StandardCharsets.UTF_8, "ID de l'activité", "Course à pied", "Sortie"),
    CZECH(94, 12, StandardCharsets.UTF_8, "translation missing: cs.id", "Běh", "Jízda"),
    CHINESE(103, 12, Charset.forName("GB18030"), "活动 ID", "跑步", "骑行");

    private final int columns;
    private final int fileColumn;
    private final Charset charset;
    private final String id;
    private final String run;
    private final String ride;

    Language(int columns, int fileColumn, Charset charset, String id, String run, String ride) {
      this.columns = columns;
      this.fileColumn = fileColumn;
      this.charset = charset;
      this.id = id;
      this.run = run;
      this.ride = ride;
    }
  }

  private final Language language;
  private final List<List<String>> rows = new ArrayList<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private boolean byteOrderMark;
  private boolean header = true;
  private boolean table = true;
  private int next = 1;

  public BulkExportSample(Language language) {
    this.language = language;
    files.put("profile.csv", "Athlete ID,First Name\n4455667,Ann\n".getBytes());
    files.put("messaging.json", "{}".getBytes());
    files.put("media/photo.jpg", new byte[] {(byte) 0xFF, (byte) 0xD8});
  }

  public BulkExportSample withByteOrderMark() {
    byteOrderMark = true;
    return this;
  }

  public BulkExportSample withoutHeader() {
    header = false;
    return this;
  }

  public BulkExportSample withoutTable() {
    table = false;
    return this;
  }

  /** The start of the activity with a number. */
  public static Instant start(int number) {
    return FIRST.plus(Duration.ofHours(7L * number));
  }

  /** A FIT file of the activity with a number. */
  public static byte[] fit(int number) {
    return FitSamples.activity(start(number), RUNNING, 20 + number % 7);
  }

  /**
   * Adds runs with one file each, alternating between the forms of compression. Their IDs start at
   * 1001.
   */
  public BulkExportSample runs(int count) {
    for (int i = 0; i < count; i++) {
      int number = next++;
      String name = "activities/" + (90_000 + number) + (number % 3 == 0 ? ".fit" : ".fit.gz");
      // some files named .gz are not compressed
      boolean packed = number % 3 == 1;
      row(1000 + number, "Run " + number, language.run, name);
      file(name, packed ? gzip(fit(number)) : fit(number));
    }
    return this;
  }

  public BulkExportSample ride(long id) {
    int number = next++;
    row(id, "Ride", language.ride, "activities/" + id + "0.fit");
    return file("activities/" + id + "0.fit", FitSamples.activity(start(number), CYCLING, 30));
  }

  /** Adds the row of a run. */
  public BulkExportSample row(long id, String title, String file) {
    return row(id, title, language.run, file);
  }

  private BulkExportSample row(long id, String title, String type, String file) {
    List<String> cells = new ArrayList<>(Collections.nCopies(language.columns, ""));
    cells.set(0, Long.toString(id));
    cells.set(1, "Nov 20, 2026, 6:02:11 PM");
    cells.set(2, title);
    cells.set(3, type);
    cells.set(4, "Warm-up, then \"easy\"\nand home \uD83C\uDFC3");
    cells.set(6, "1.02");
    cells.set(language.fileColumn, file);
    cells.set(17, "1020.5");
    rows.add(cells);
    return this;
  }

  public BulkExportSample file(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  /** Uses a given text as the table, such as one that no CSV library would write. */
  public BulkExportSample table(String text) {
    files.put("activities.csv", text.getBytes(language.charset));
    return this;
  }

  public static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private byte[] table() {
    StringBuilder text = new StringBuilder(byteOrderMark ? "\uFEFF" : "");
    if (header) {
      List<String> names = new ArrayList<>(Collections.nCopies(language.columns, "Distance"));
      names.set(0, language.id);
      text.append(String.join(",", names)).append('\n');
    }
    rows.forEach(
        row ->
            text.append(
                    row.stream()
                        .map(
                            cell ->
                                cell.matches("[^,\"\\n]*")
                                    ? cell
                                    : '"' + cell.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(",")))
                .append('\n'));
    return text.toString().getBytes(language.charset);
  }

  private Map<String, byte[]> all() {
    Map<String, byte[]> all = new LinkedHashMap<>(files);
    if (table) {
      all.putIfAbsent("activities.csv", table());
    }
    return all;
  }

  public Path zip(Path file) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> one : all().entrySet()) {
        zip.putNextEntry(new ZipEntry(one.getKey()));
        zip.write(one.getValue());
      }
    }
    return file;
  }

  public Path folder(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> one : all().entrySet()) {
      Path file = folder.resolve(one.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, one.getValue());
    }
    return folder;
  }
}

package io.fitroute.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Strava's bulk export, as a zip or a folder: the table {@code activities.csv}, the folder {@code
 * activities/}, and other files, which are ignored.
 */
final class BulkExport {

  private static final String TABLE = "activities.csv";
  private static final String FOLDER = "activities/";
  private static final Pattern ATHLETE = Pattern.compile("(?m)^([1-9][0-9]{0,18}),");
  private static final int LONGEST_PROFILE = 1 << 16;

  private BulkExport() {}

  /**
   * The files in the order of the table if this is a bulk export; otherwise all files in their
   * given order.
   */
  static Source arranged(Map<String, SourceFile> files, Closeable zip) throws IOException {
    Optional<String> table =
        files.keySet().stream()
            .filter(name -> name.equals(TABLE) || name.endsWith("/" + TABLE))
            .min(Comparator.comparingInt(String::length));
    String root = table.map(name -> name.substring(0, name.length() - TABLE.length())).orElse("");
    boolean isExport =
        table.isPresent() || files.keySet().stream().anyMatch(name -> name.startsWith(FOLDER));
    if (!isExport) {
      return new Source(List.copyOf(files.values()), Source.ORIGINAL, Optional.empty(), "", zip);
    }
    Map<String, SourceFile> activities =
        files.values().stream()
            .filter(file -> file.name().startsWith(root + FOLDER))
            .collect(
                Collectors.toMap(
                    file -> file.name().substring(root.length()),
                    file -> file,
                    (one, other) -> one));
    ActivityTable.Table rows =
        table.isPresent()
            ? ActivityTable.read(files.get(table.get()).content(), activities.keySet())
            : new ActivityTable.Table(List.of(), TABLE + " is missing");
    return new Source(
        files(rows.rows(), activities),
        Source.ARCHIVE,
        athlete(files.get(root + "profile.csv")),
        rows.trouble().isEmpty()
            ? ""
            : rows.trouble() + ": files without a row are matched by their content and start",
        zip);
  }

  private static List<SourceFile> files(List<ExportRow> rows, Map<String, SourceFile> activities) {
    List<SourceFile> files = new ArrayList<>();
    Set<String> named = new HashSet<>();
    for (ExportRow row : rows) {
      SourceFile file = activities.get(row.file());
      String name = named.add(row.file()) ? row.file() : row.file() + " of activity " + row.id();
      if (file != null) {
        files.add(
            new SourceFile(name, file.size(), Optional.of(row), file.obstacle(), file.content()));
      } else {
        files.add(absent(row));
      }
    }
    activities.entrySet().stream()
        .filter(one -> !named.contains(one.getKey()))
        .map(Map.Entry::getValue)
        .sorted(Comparator.comparing(SourceFile::name))
        .forEach(files::add);
    return files;
  }

  /** The reason is the same for all of a kind, because the report counts by reason. */
  private static SourceFile absent(ExportRow row) {
    String name = "activity " + row.id();
    return switch (row.file()) {
      case "" -> SourceFile.absent(name, row, "it has no file: it was entered by hand");
      case "#error#" -> SourceFile.absent(name, row, "Strava could not export its file (#error#)");
      default ->
          SourceFile.absent(row.file() + " of " + name, row, "the archive does not have its file");
    };
  }

  /** The first column of the profile's only row is the athlete's ID. */
  private static Optional<String> athlete(SourceFile profile) throws IOException {
    if (profile == null) {
      return Optional.empty();
    }
    try (InputStream bytes = profile.content().open()) {
      String text = new String(bytes.readNBytes(LONGEST_PROFILE), StandardCharsets.UTF_8);
      return ATHLETE.matcher(text).results().map(found -> found.group(1)).findFirst();
    }
  }
}

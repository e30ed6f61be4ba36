package io.fitroute.delivery;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The path of a file below its sink, built by the setting {@code fit.file-name} from documented
 * variables. An activity's title can neither lead out of the sink nor into another folder.
 */
public final class FileName {

  /** Most file systems allow 255 bytes; this leaves room for prefixes and suffixes. */
  private static final int LONGEST_SEGMENT_BYTES = 180;

  private static final Pattern UNSAFE =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cs}\\p{Cn}\\u2028\\u2029\\\\:*?\"<>|]+");

  private static final Pattern ENDS = Pattern.compile("^[.\\s\\p{Z}]+|[.\\s\\p{Z}]+$");

  private FileName() {}

  /** The variables that {@code fit.file-name} may use, each free of slashes. */
  public static Map<String, String> variables(
      String activityId, String athleteId, String sportType, String title, LocalDate date) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("yyyy", String.format(Locale.ROOT, "%04d", date.getYear()));
    variables.put("mm", String.format(Locale.ROOT, "%02d", date.getMonthValue()));
    variables.put("dd", String.format(Locale.ROOT, "%02d", date.getDayOfMonth()));
    variables.put("activity_id", segment(activityId));
    variables.put("athlete_id", segment(athleteId));
    variables.put("sport_type", segment(sportType));
    String name = segment(title);
    variables.put("title", name.isEmpty() ? "untitled" : name);
    return variables;
  }

  private static String segment(String text) {
    return safeSegment(text.replace('/', '-'));
  }

  /**
   * Makes a path safe: relative, with forward slashes, without empty, {@code .}, {@code ..} or
   * overlong segments, and without characters that a file system may refuse.
   *
   * @throws IllegalArgumentException if nothing is left of it
   */
  public static String safe(String path) {
    String safe =
        Arrays.stream(path.split("/"))
            .map(FileName::safeSegment)
            .filter(segment -> !segment.isEmpty())
            .collect(Collectors.joining("/"));
    if (safe.isEmpty()) {
      throw new IllegalArgumentException("fit.file-name produces an empty path");
    }
    return safe;
  }

  private static String safeSegment(String text) {
    String cleaned =
        UNSAFE.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).replaceAll("_");
    return trimmed(shortened(trimmed(cleaned)));
  }

  /** Removes dots and blanks at both ends, which hide a file or are dropped on some systems. */
  private static String trimmed(String text) {
    return ENDS.matcher(text).replaceAll("");
  }

  /** Shortens between whole characters and keeps the extension. */
  private static String shortened(String segment) {
    if (bytes(segment) <= LONGEST_SEGMENT_BYTES) {
      return segment;
    }
    int dot = segment.lastIndexOf('.');
    String ending = dot > 0 && segment.length() - dot <= 8 ? segment.substring(dot) : "";
    String stem = segment.substring(0, segment.length() - ending.length());
    StringBuilder kept = new StringBuilder();
    int room = LONGEST_SEGMENT_BYTES - bytes(ending);
    for (int codePoint : stem.codePoints().toArray()) {
      String character = Character.toString(codePoint);
      room -= bytes(character);
      if (room < 0) {
        break;
      }
      kept.append(character);
    }
    return trimmed(kept.toString()) + ending;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}

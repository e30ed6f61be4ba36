package io.fitroute.strava;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * An activity's details as the ledger keeps them for charts and blogs: in Strava's units, which are
 * metres, seconds, beats a minute and kilocalories. What is missing, of another type than Strava
 * gives it, or beyond what an activity on earth can be, is absent.
 */
final class StoredDetails {

  /** Longest text of the column {@code details}, in characters. */
  static final int LARGEST = 1 << 16;

  /** A day of riding is about 100,000 characters. */
  static final int LONGEST_POLYLINE = 1 << 18;

  private static final int LONGEST_DEVICE = 200;
  private static final double MOST_METRES = 1e8;
  private static final double MOST_SECONDS = 1e8;
  private static final double MOST_METRES_A_SECOND = 1e4;
  private static final double MOST_BEATS = 400;
  private static final double MOST_KILOCALORIES = 1e6;
  private static final double LONGEST_OFFSET = 18 * 3600;

  /** The columns, each with its type in the ledger. */
  static final Map<String, Integer> COLUMNS = columns();

  private static final ObjectMapper JSON = json();

  private final Map<String, Object> values = new LinkedHashMap<>();

  private StoredDetails() {}

  /** Details that are not to be stored. */
  static StoredDetails none() {
    return new StoredDetails();
  }

  /** Reads the answer to {@code GET /activities/ID}, whatever it holds. */
  static StoredDetails of(JsonNode details) {
    StoredDetails stored = new StoredDetails();
    stored.text("name", details.path("name"), Integer.MAX_VALUE);
    stored.hidden(details);
    stored.whole("utc_offset", details, -LONGEST_OFFSET, LONGEST_OFFSET);
    stored.number("distance", details.path("distance"), 0, MOST_METRES);
    stored.whole("moving_time", details, 0, MOST_SECONDS);
    stored.whole("elapsed_time", details, 0, MOST_SECONDS);
    stored.number("elevation_gain", details.path("total_elevation_gain"), 0, MOST_METRES);
    stored.number("average_speed", details.path("average_speed"), 0, MOST_METRES_A_SECOND);
    stored.number("max_speed", details.path("max_speed"), 0, MOST_METRES_A_SECOND);
    stored.number("average_heartrate", details.path("average_heartrate"), 1, MOST_BEATS);
    stored.number("max_heartrate", details.path("max_heartrate"), 1, MOST_BEATS);
    stored.number("calories", details.path("calories"), 0, MOST_KILOCALORIES);
    stored.point("start", details.path("start_latlng"));
    stored.point("end", details.path("end_latlng"));
    stored.text("polyline", details.path("map").path("polyline"), LONGEST_POLYLINE);
    stored.text("device", details.path("device_name"), LONGEST_DEVICE);
    stored.values.put("details", bounded(details));
    return stored;
  }

  private static Map<String, Integer> columns() {
    Map<String, Integer> columns = new LinkedHashMap<>();
    List.of("name", "polyline", "device", "details")
        .forEach(name -> columns.put(name, Types.VARCHAR));
    List.of("private", "utc_offset", "moving_time", "elapsed_time")
        .forEach(name -> columns.put(name, Types.INTEGER));
    List.of("distance", "elevation_gain", "average_speed", "max_speed", "calories")
        .forEach(name -> columns.put(name, Types.DOUBLE));
    List.of("average_heartrate", "max_heartrate").forEach(name -> columns.put(name, Types.DOUBLE));
    List.of("start_latitude", "start_longitude", "end_latitude", "end_longitude")
        .forEach(name -> columns.put(name, Types.DOUBLE));
    return columns;
  }

  /** PostgreSQL takes no NUL, neither in a text nor in JSON. */
  private static ObjectMapper json() {
    ObjectMapper mapper = JsonMapper.builder().build();
    mapper.getFactory().setCharacterEscapes(new WithoutNul());
    return mapper;
  }

  /** What stands in a column: a text, a {@link Double} or an {@link Integer}. */
  Optional<Object> value(String column) {
    return Optional.ofNullable(values.get(column));
  }

  /** Gives all columns to a statement, by their names. */
  StatementSpec in(StatementSpec statement) {
    StatementSpec filled = statement;
    for (Map.Entry<String, Integer> column : COLUMNS.entrySet()) {
      filled = filled.param(column.getKey(), values.get(column.getKey()), column.getValue());
    }
    return filled;
  }

  private void hidden(JsonNode details) {
    JsonNode flag = details.path("private");
    JsonNode visibility = details.path("visibility");
    if (flag.isBoolean() || visibility.isTextual()) {
      boolean hidden = flag.asBoolean() || visibility.asText().equals("only_me");
      values.put("private", hidden ? 1 : 0);
    }
  }

  private void text(String column, JsonNode value, int longest) {
    if (value.isTextual() && value.textValue().length() <= longest) {
      String text = column.equals("name") ? Activity.nameOf(value.textValue()) : plain(value);
      if (!text.isEmpty()) {
        values.put(column, text);
      }
    }
  }

  private static String plain(JsonNode value) {
    return value.textValue().replace("\0", "");
  }

  private void whole(String column, JsonNode details, double least, double most) {
    finite(details.path(column), least, most)
        .ifPresent(number -> values.put(column, (int) Math.round(number)));
  }

  private void number(String column, JsonNode value, double least, double most) {
    finite(value, least, most).ifPresent(number -> values.put(column, number));
  }

  private static Optional<Double> finite(JsonNode value, double least, double most) {
    return value.isNumber() && value.doubleValue() >= least && value.doubleValue() <= most
        ? Optional.of(value.doubleValue())
        : Optional.empty();
  }

  /** Strava gives an empty array where there is no position. */
  private void point(String end, JsonNode pair) {
    Optional<Double> latitude = finite(pair.path(0), -90, 90);
    Optional<Double> longitude = finite(pair.path(1), -180, 180);
    if (pair.size() == 2 && latitude.isPresent() && longitude.isPresent()) {
      values.put(end + "_latitude", latitude.get());
      values.put(end + "_longitude", longitude.get());
    }
  }

  /** All as Strava gave it; if that is too much, without the largest members. */
  private static String bounded(JsonNode details) {
    List<String> members = new ArrayList<>();
    details.properties().forEach(one -> members.add(member(one.getKey(), one.getValue())));
    List<String> largest =
        members.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    long size = members.stream().mapToLong(member -> member.length() + 1L).sum() + 1;
    int dropped = 0;
    while (size > LARGEST) {
      size -= largest.get(dropped).length() + 1L;
      dropped++;
    }
    members.removeAll(Set.copyOf(largest.subList(0, dropped)));
    return members.stream().collect(Collectors.joining(",", "{", "}"));
  }

  private static String member(String name, JsonNode value) {
    try {
      return JSON.writeValueAsString(name) + ":" + JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class WithoutNul extends CharacterEscapes {

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      codes[0] = ESCAPE_CUSTOM;
      return codes;
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      return new SerializedString("");
    }
  }
}

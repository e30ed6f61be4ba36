package io.fitroute.strava.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import org.springframework.jdbc.core.SqlParameterValue;

/**
 * An activity's details for the ledger, in Strava's units: metres, seconds, beats per minute and
 * kilocalories. Values that are missing, of the wrong type or beyond what is possible on earth are
 * absent.
 */
final class StoredDetails {

  /** The maximum length of the column {@code details}, in characters. */
  static final int LARGEST = 1 << 16;

  /** A day of riding is about 100,000 characters. */
  static final int LONGEST_POLYLINE = 1 << 18;

  private static final int LONGEST_DEVICE = 200;
  private static final double MOST_METRES = 1e8;
  private static final double MOST_SECONDS = 1e8;
  private static final double MOST_METRES_A_SECOND = 1e4;
  private static final int LONGEST_VISIBILITY = 32;
  private static final double MOST_BEATS = 400;
  private static final double MOST_KILOCALORIES = 1e6;
  private static final double LONGEST_OFFSET = 18 * 3600;

  private static final ObjectMapper JSON = json();

  /** Each column with its type and value. */
  private final Map<String, SqlParameterValue> columns = new LinkedHashMap<>();

  private StoredDetails() {}

  /** Details that are not stored. */
  static StoredDetails none() {
    StoredDetails none = of(MissingNode.getInstance());
    none.put("details", Types.VARCHAR, Optional.empty());
    return none;
  }

  /** Reads the response to {@code GET /activities/ID}, whatever it contains. */
  static StoredDetails of(JsonNode details) {
    StoredDetails stored = new StoredDetails();
    stored.text("name", details.path("name"), Integer.MAX_VALUE);
    stored.hidden(details);
    stored.text("visibility", details.path("visibility"), LONGEST_VISIBILITY);
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
    stored.put("details", Types.VARCHAR, Optional.of(bounded(details)));
    return stored;
  }

  /** PostgreSQL does not accept NUL in text or in JSON. */
  private static ObjectMapper json() {
    ObjectMapper mapper = JsonMapper.builder().build();
    mapper.getFactory().setCharacterEscapes(new WithoutNul());
    return mapper;
  }

  /** All columns as statement parameters: text, {@link Double}, {@link Integer}. */
  Map<String, SqlParameterValue> columns() {
    return columns;
  }

  private void put(String column, int type, Optional<?> value) {
    columns.put(column, new SqlParameterValue(type, value.orElse(null)));
  }

  private void hidden(JsonNode details) {
    JsonNode flag = details.path("private");
    JsonNode visibility = details.path("visibility");
    put(
        "private",
        Types.INTEGER,
        Optional.of(flag.asBoolean() || visibility.asText().equals("only_me") ? 1 : 0)
            .filter(known -> flag.isBoolean() || visibility.isTextual()));
  }

  private void text(String column, JsonNode value, int longest) {
    put(
        column,
        Types.VARCHAR,
        Optional.ofNullable(value.textValue())
            .filter(text -> text.length() <= longest)
            .map(text -> column.equals("name") ? Activity.nameOf(text) : text.replace("\0", ""))
            .filter(text -> !text.isEmpty()));
  }

  private void whole(String column, JsonNode details, double least, double most) {
    put(
        column,
        Types.INTEGER,
        finite(details.path(column), least, most).map(number -> (int) Math.round(number)));
  }

  private void number(String column, JsonNode value, double least, double most) {
    put(column, Types.DOUBLE, finite(value, least, most));
  }

  private static Optional<Double> finite(JsonNode value, double least, double most) {
    return value.isNumber() && value.doubleValue() >= least && value.doubleValue() <= most
        ? Optional.of(value.doubleValue())
        : Optional.empty();
  }

  /** Strava returns an empty array for a missing position. */
  private void point(String end, JsonNode pair) {
    Optional<Double> latitude = finite(pair.path(0), -90, 90);
    Optional<Double> longitude = finite(pair.path(1), -180, 180);
    boolean whole = pair.size() == 2 && latitude.isPresent() && longitude.isPresent();
    put(end + "_latitude", Types.DOUBLE, latitude.filter(degrees -> whole));
    put(end + "_longitude", Types.DOUBLE, longitude.filter(degrees -> whole));
  }

  /** Strava's response, without its largest members if it is too long. */
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

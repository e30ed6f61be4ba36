package io.fitroute.strava.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fitroute.strava.api.StravaRefusal;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ledger keeps of Strava's response, whatever that contains. */
class StoredDetailsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final String RUN =
      """
      {"id":16999000111,"athlete":{"id":4455667},"name":"Canal out and back","sport_type":"TrailRun",
       "start_date":"2026-11-20T06:02:11Z","start_date_local":"2026-11-20T07:02:11Z","utc_offset":3600.0,
       "distance":10042.6,"moving_time":3105,"elapsed_time":3188,"total_elevation_gain":41,
       "average_speed":3.234,"max_speed":4.9,"average_heartrate":148.7,"max_heartrate":171.0,
       "calories":702.0,"device_name":"Garmin Forerunner 265","manual":false,"private":false,
       "visibility":"everyone","start_latlng":[51.05,3.72],"end_latlng":[51.06,3.73],
       "map":{"id":"a1","polyline":"_p~iF~ps|U","summary_polyline":"x"},"laps":[{"lap_index":1}]}
      """;

  private static final List<String> NUMBERS =
      List.of(
          "utc_offset",
          "distance",
          "moving_time",
          "elapsed_time",
          "total_elevation_gain",
          "average_speed",
          "max_speed",
          "average_heartrate",
          "max_heartrate",
          "calories");

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Optional<Object> value(StoredDetails stored, String column) {
    return Optional.ofNullable(stored.columns().get(column).getValue());
  }

  private static Object of(String text, String column) {
    return value(StoredDetails.of(json(text)), column).orElse("absent");
  }

  @Test
  void aRunIsKeptInStravasUnits() {
    Map<String, Object> expected =
        Map.ofEntries(
            Map.entry("name", "Canal out and back"),
            Map.entry("private", 0),
            Map.entry("visibility", "everyone"),
            Map.entry("utc_offset", 3600),
            Map.entry("distance", 10042.6),
            Map.entry("moving_time", 3105),
            Map.entry("elapsed_time", 3188),
            Map.entry("elevation_gain", 41.0),
            Map.entry("average_speed", 3.234),
            Map.entry("max_speed", 4.9),
            Map.entry("average_heartrate", 148.7),
            Map.entry("max_heartrate", 171.0),
            Map.entry("calories", 702.0),
            Map.entry("start_latitude", 51.05),
            Map.entry("start_longitude", 3.72),
            Map.entry("end_latitude", 51.06),
            Map.entry("end_longitude", 3.73),
            Map.entry("polyline", "_p~iF~ps|U"),
            Map.entry("device", "Garmin Forerunner 265"));

    assertThat(expected.keySet())
        .containsAll(
            StoredDetails.none().columns().keySet().stream()
                .filter(c -> !c.equals("details"))
                .toList());
    expected.forEach((column, value) -> assertThat(of(RUN, column)).as(column).isEqualTo(value));
    assertThat(json((String) of(RUN, "details"))).isEqualTo(json(RUN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'distance':'10'}            | distance",
        "{'distance':1e400}           | distance",
        "{'distance':-1}              | distance",
        "{'distance':[1]}             | distance",
        "{'moving_time':99999999999}  | moving_time",
        "{'moving_time':true}         | moving_time",
        "{'average_heartrate':0}      | average_heartrate",
        "{'utc_offset':1e18}          | utc_offset",
        "{'start_latlng':[]}          | start_latitude",
        "{'start_latlng':[91,0]}      | start_longitude",
        "{'start_latlng':[1,2,3]}     | start_latitude",
        "{'start_latlng':['1','2']}   | start_latitude",
        "{'start_latlng':{'0':1}}     | start_latitude",
        "{'map':{'polyline':''}}      | polyline",
        "{'map':{'polyline':7}}       | polyline",
        "{'map':[]}                   | polyline",
        "{'name':null}                | name",
        "{'name':{}}                  | name",
        "{'private':'true'}           | private",
        "{}                           | private",
        "[]                           | distance"
      })
  void whatIsOfAnotherTypeOrMakesNoSenseIsAbsent(String details, String column) {
    assertThat(of(details.replace('\'', '"'), column)).isEqualTo("absent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"private\":true}", "{\"visibility\":\"only_me\"}"})
  void whatOnlyItsOwnerMaySeeIsMarked(String details) {
    assertThat(of(details, "private")).isEqualTo(1);
  }

  @Test
  void manyNumbersAreBelieved() {
    assertThat(of("{\"moving_time\":3105.4}", "moving_time")).isEqualTo(3105);
    assertThat(of("{\"total_elevation_gain\":0}", "elevation_gain")).isEqualTo(0.0);
    assertThat(of("{\"start_latlng\":[-90,180]}", "start_longitude")).isEqualTo(180.0);
  }

  @Test
  void theLargestMembersOfLongDetailsAreLeftOut() {
    ObjectNode details = (ObjectNode) json(RUN);
    details.put("description", "d".repeat(StoredDetails.LARGEST - 1000));
    details.put("segment_efforts", "s".repeat(10_000_000));

    String kept = (String) value(StoredDetails.of(details), "details").orElseThrow();

    assertThat(kept).hasSizeLessThanOrEqualTo(StoredDetails.LARGEST);
    assertThat(json(kept).has("segment_efforts")).isFalse();
    assertThat(json(kept).path("description").textValue()).hasSizeGreaterThan(1000);
    assertThat(json(kept).path("distance").doubleValue()).isEqualTo(10042.6);
  }

  @Test
  void textsHoldNoNul() {
    StoredDetails stored =
        StoredDetails.of(
            json(
                "{\"name\":\"a\\u0000b\",\"device_name\":\"\\u0000\",\"x\\u0000\":[\"\\u0000y\\\\u0000\"]}"));

    assertThat(value(stored, "name")).contains("ab");
    assertThat(value(stored, "device")).isEmpty();
    assertThat(json((String) value(stored, "details").orElseThrow()).path("x").path(0).textValue())
        .isEqualTo("y\\u0000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"+999999999-12-31T00:00:00Z", "0000-01-01T00:00:00Z", "-0044-03-15T12:00:00Z"})
  void aStartOutsideOfAllCalendarsIsNone(String start) {
    ObjectNode details = (ObjectNode) json(RUN);
    details.put("start_date", start);

    assertThatThrownBy(() -> Activity.of(details, Instant.EPOCH))
        .isInstanceOf(StravaRefusal.class)
        .hasMessageContaining("start_date");
  }

  @Test
  void anOffsetBeyondAllTimeZonesIsNone() {
    JsonNode details =
        json("{\"id\":1,\"start_date\":\"2026-11-20T06:02:11Z\",\"utc_offset\":1e300}");

    assertThat(Activity.of(details, Instant.EPOCH).startLocal())
        .isEqualTo(java.time.LocalDateTime.parse("2026-11-20T06:02:11"));
  }

  @Provide
  Arbitrary<JsonNode> answers() {
    List<String> names =
        java.util.stream.Stream.concat(
                NUMBERS.stream(),
                java.util.stream.Stream.of(
                    "name",
                    "private",
                    "visibility",
                    "start_latlng",
                    "end_latlng",
                    "map",
                    "device_name",
                    "anything"))
            .toList();
    return Arbitraries.maps(Arbitraries.of(names), values())
        .ofMaxSize(names.size())
        .map(
            members -> {
              ObjectNode node = NODES.objectNode();
              members.forEach(node::set);
              return node;
            });
  }

  private static Arbitrary<JsonNode> values() {
    Arbitrary<JsonNode> plain =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(300).map(NODES::textNode),
            Arbitraries.doubles().map(NODES::numberNode),
            Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, -0.0).map(NODES::numberNode),
            Arbitraries.longs().map(NODES::numberNode),
            Arbitraries.bigIntegers().map(NODES::numberNode),
            Arbitraries.of(true, false).map(NODES::booleanNode),
            Arbitraries.just(NODES.nullNode()));
    return Arbitraries.oneOf(
        plain,
        plain.list().ofMaxSize(4).map(list -> NODES.arrayNode().addAll(list)),
        Combinators.combine(Arbitraries.of("polyline", "id"), plain)
            .as((name, value) -> NODES.objectNode().set(name, value)));
  }

  @Property(tries = 500)
  void everyAnswerGivesColumnsThatEveryDatabaseTakes(@ForAll("answers") JsonNode details) {
    StoredDetails stored = StoredDetails.of(details);

    stored
        .columns()
        .forEach(
            (column, typed) -> {
              Optional<Object> value = value(stored, column);
              switch (typed.getSqlType()) {
                case Types.INTEGER ->
                    assertThat(value.stream()).allMatch(Integer.class::isInstance);
                case Types.DOUBLE ->
                    assertThat(value.stream()).allMatch(one -> Double.isFinite((Double) one));
                default ->
                    assertThat(value.stream()).allMatch(one -> !((String) one).contains("\0"));
              }
            });
    assertThat(value(stored, "start_latitude").isPresent())
        .isEqualTo(value(stored, "start_longitude").isPresent());
    String raw = (String) value(stored, "details").orElseThrow();
    assertThat(raw).hasSizeLessThanOrEqualTo(StoredDetails.LARGEST);
    assertThat(json(raw).isObject()).isTrue();
    value(stored, "distance")
        .ifPresent(
            distance ->
                assertThat(details.path("distance").doubleValue()).isEqualTo((Double) distance));
  }
}

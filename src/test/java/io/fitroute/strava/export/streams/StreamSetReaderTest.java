package io.fitroute.strava.export.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamSetReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"time":{"data":[0,1,5],"series_type":"distance","original_size":3,"resolution":"high"},
         "heartrate":{"data":[120,null,1.5e2]},"moving":{"data":[true,false,true]},
         "latlng":{"data":[[51.05,3.72],null,[51.0501,3.7201]]},"velocity_smooth":{"data":[]},
         "a new one":{"data":["x",{"y":[1]}]},"message":"hello"}
        """,
        """
        [{"type":"time","data":[0,1,5]},
         {"data":[120,null,150],"series_type":"time","type":"heartrate"},
         {"data":[null,[51.05],{}],"type":"a new one"},{"type":"velocity_smooth","data":null},
         {"data":[[51.05,3.72],[],[51.0501,3.7201]],"type":"latlng"},7,null,
         {"type":"moving","data":[true,false,true]}]
        """
      })
  void bothShapesAreRead(String json) throws Exception {
    StreamSet streams = Samples.read(json);

    assertThat(streams.size()).isEqualTo(3);
    assertThat(streams.hasPoints()).isTrue();
    assertThat(streams.value(StreamType.TIME, 2)).isEqualTo(5);
    assertThat(streams.value(StreamType.HEART_RATE, 0)).isEqualTo(120);
    assertThat(streams.value(StreamType.HEART_RATE, 1)).isNaN();
    assertThat(streams.value(StreamType.HEART_RATE, 2)).isEqualTo(150);
    assertThat(streams.value(StreamType.MOVING, 0)).isEqualTo(1);
    assertThat(streams.value(StreamType.MOVING, 1)).isZero();
    assertThat(streams.latitude(0)).isEqualTo(51.05);
    assertThat(streams.longitude(0)).isEqualTo(3.72);
    assertThat(streams.latitude(1)).isNaN();
    assertThat(streams.longitude(2)).isEqualTo(3.7201);
    assertThat(streams.has(StreamType.SPEED)).isFalse();
    assertThat(streams.value(StreamType.SPEED, 0)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{}",
        "[]",
        "null",
        "{\"time\":{\"data\":[]}}",
        "{\"message\":\"error\"}",
        "{\"time\":null}",
        "[{\"data\":[1,2]}]"
      })
  void anAnswerWithoutPointsIsNoStreams(String json) throws Exception {
    assertThat(Samples.read(json)).isSameAs(StreamSet.NONE);
  }

  @Test
  void withoutTimesNothingHasItsPlace() throws Exception {
    assertThat(Samples.read("{\"distance\":{\"data\":[0,2.9]}}").hasPoints()).isFalse();
  }

  @Test
  void differentLengthsAreRefused() {
    assertThatThrownBy(
            () ->
                Samples.read(
                    "{\"time\":{\"data\":[0,1]},\"latlng\":{\"data\":[[1,2],[1,2],[1,2]]}}"))
        .isInstanceOf(CannotSynthesise.class)
        .hasMessageContaining("time 2, latlng 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "\"text\"",
        "{} {}",
        "{\"latlng\":{\"data\":[1,2]}}",
        "{\"heartrate\":{\"data\":[[1,2]]}}"
      })
  void whatIsNoStreamsIsRefused(String json) {
    assertThatThrownBy(() -> Samples.read(json)).isInstanceOf(CannotSynthesise.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"time\":{\"data\":[0,1,", "{\"time\"", "<html>", "[NaN]", "{}x"})
  void whatIsNotWholeJsonIsRefused(String json) {
    assertThatThrownBy(() -> Samples.read(json)).isInstanceOf(IOException.class);
  }

  @Test
  void hostileAnswersAreRefused() {
    String deep = "[".repeat(10_000);
    String many =
        "{\"time\":{\"data\":["
            + Arrays.stream(new int[500_001])
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","))
            + "]}}";

    assertThatThrownBy(() -> Samples.read(deep)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Samples.read("{\"time\":{\"data\":[" + deep))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Samples.read("{\"time\":{\"data\":[" + "9".repeat(1000) + "]}}"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Samples.read(many))
        .isInstanceOf(CannotSynthesise.class)
        .hasMessageContaining("more than 500000 points");
  }

  @Test
  void numbersBeyondAllMeasureAreNotKnown() throws Exception {
    StreamSet streams = Samples.read("{\"watts\":{\"data\":[1e999,-1e999,12345678901234567890]}}");

    assertThat(streams.value(StreamType.POWER, 0)).isNaN();
    assertThat(streams.value(StreamType.POWER, 1)).isNaN();
    assertThat(streams.value(StreamType.POWER, 2)).isEqualTo(12345678901234567890.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null,[1,2]", "[1,2,3],[1,2]", "[],[1,2]", "null,null"})
  void aPositionThatIsNoPairIsNotKnown(String data) throws Exception {
    StreamSet streams = Samples.read("{\"latlng\":{\"data\":[" + data + "]}}");

    assertThat(streams.latitude(0)).isNaN();
    assertThat(streams.longitude(0)).isNaN();
    assertThat(streams.size()).isEqualTo(2);
  }

  @Test
  void pointsBeforeTheStartAreNoPoints() throws Exception {
    assertThat(Samples.read("{\"time\":{\"data\":[-2,-1]}}").hasPoints()).isFalse();
    assertThat(Samples.read("{\"time\":{\"data\":[-2,0]}}").hasPoints()).isTrue();
  }
}

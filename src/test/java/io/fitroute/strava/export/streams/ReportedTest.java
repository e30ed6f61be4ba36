package io.fitroute.strava.export.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Combining several of Strava's laps. */
class ReportedTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Reported of(String... laps) throws Exception {
    List<JsonNode> entries = new ArrayList<>();
    for (String lap : laps) {
      entries.add(JSON.readTree("{" + lap.replace('\'', '"') + "}"));
    }
    return new Reported(entries);
  }

  @Test
  void aSumIsKnownOnlyIfEveryPartIs() throws Exception {
    assertThat(of("'distance':10", "'distance':20.5").sum("distance")).isEqualTo(30.5);
    assertThat(of("'distance':10", "'distance':0").sum("distance")).isEqualTo(10);
    assertThat(of("'distance':10", "").sum("distance")).isNaN();
    assertThat(of("'distance':'10'").sum("distance")).isNaN();
  }

  @Test
  void anAverageCountsByElapsedTime() throws Exception {
    assertThat(
            of("'elapsed_time':30,'average_watts':100", "'elapsed_time':10,'average_watts':200")
                .average("average_watts"))
        .isEqualTo(125);
  }

  @Test
  void whatWasNotMeasuredOrIsZeroIsNoPartOfAnAverage() throws Exception {
    assertThat(
            of(
                    "'elapsed_time':30,'average_watts':100",
                    "'elapsed_time':10,'average_watts':0",
                    "'elapsed_time':10",
                    "'elapsed_time':10,'average_watts':-5")
                .average("average_watts"))
        .isEqualTo(100);
    assertThat(of("'elapsed_time':10,'average_watts':0").average("average_watts")).isNaN();
  }

  @Test
  void aPartWithoutTimeHardlyCounts() throws Exception {
    for (String time : List.of("", "'elapsed_time':0,", "'elapsed_time':-3,")) {
      assertThat(
              of("'elapsed_time':30,'average_watts':100", time + "'average_watts':200")
                  .average("average_watts"))
          .isCloseTo(100, within(0.01))
          .isGreaterThan(100);
      assertThat(of(time + "'average_watts':200").average("average_watts")).isEqualTo(200);
    }
  }

  @Test
  void theMaximumIsThatOfAllPartsAndZeroIsNone() throws Exception {
    assertThat(of("'max_watts':300", "'max_watts':450", "").maximum("max_watts")).isEqualTo(450);
    assertThat(of("'max_watts':0", "").maximum("max_watts")).isNaN();
    assertThat(of("'max_watts':-1").maximum("max_watts")).isNaN();
  }
}

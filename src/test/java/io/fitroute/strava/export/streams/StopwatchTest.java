package io.fitroute.strava.export.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.garmin.fit.FitMessages;
import io.fitroute.fit.FitUnits;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The starts and stops of a file's timer. */
class StopwatchTest {

  private static String timer(ObjectNode details, String streams) throws Exception {
    FitMessages messages = Samples.made(details, streams);
    long start = FitUnits.timestamp(Samples.START);
    return messages.getEventMesgs().stream()
        .map(event -> event.getEventType() + " " + (event.getTimestamp().getTimestamp() - start))
        .collect(Collectors.joining(", "));
  }

  private static String timer(String streams) throws Exception {
    return timer(Samples.details(), streams);
  }

  @ParameterizedTest
  @CsvSource({
    // 50 s in which the athlete walks on, stands with a drifting position, or returns to the start
    "25, 'START 0, STOP_ALL 53'",
    "24, 'START 0, STOP 2, START 52, STOP_ALL 53'",
    "-30, 'START 0, STOP 2, START 52, STOP_ALL 53'"
  })
  void aGapIsAPauseUnlessWayWasMade(int metres, String timer) throws Exception {
    String streams =
        """
        {"time":{"data":[0,1,2,52,53]},"distance":{"data":[0,30,50,%d,%d]}}
        """
            .formatted(50 + metres, 53 + metres);

    assertThat(timer(streams)).isEqualTo(timer);
  }

  @ParameterizedTest
  @CsvSource({
    // up to 10 s or five times the usual step is no gap
    "'0,1,2,12,13', 'START 0, STOP_ALL 13'",
    "'0,1,2,13,14', 'START 0, STOP 2, START 13, STOP_ALL 14'",
    "'0,11,22,77,88', 'START 0, STOP_ALL 88'",
    "'0,11,22,78,89', 'START 0, STOP 22, START 78, STOP_ALL 89'",
    "'0,0,0,0,0,11,22,33,88', 'START 0, STOP_ALL 88'",
    "'0,0,0,0,0,0,0,11,22,33,88', 'START 0, STOP_ALL 88'"
  })
  void aGapIsLongerThanTheDevicesUsualSteps(String times, String timer) throws Exception {
    assertThat(timer("{\"time\":{\"data\":[" + times + "]}}")).isEqualTo(timer);
  }

  @ParameterizedTest
  @CsvSource({
    "'10,11', 12, 'START 0, STOP_ALL 12'",
    "'11,12', 12, 'START 11, STOP_ALL 12'",
    "'0,1', 11, 'START 0, STOP_ALL 11'",
    "'0,1', 12, 'START 0, STOP 1, STOP_ALL 12'",
    "'0,10,20', 45, 'START 0, STOP 20, STOP_ALL 45'"
  })
  void aGapBeforeOrBehindAllPointsIsAPause(String times, int elapsed, String timer)
      throws Exception {
    ObjectNode details = Samples.details().put("elapsed_time", elapsed);

    assertThat(timer(details, "{\"time\":{\"data\":[" + times + "]}}")).isEqualTo(timer);
  }

  @ParameterizedTest
  @CsvSource({
    "'true,true,true,false,true,false,false,true', 'START 0, STOP 2, START 5, STOP_ALL 6'",
    "'true,true,true,true,false,true,true,true', 'START 0, STOP_ALL 6'"
  })
  void theSecondPointOfASecondChangesNothing(String moving, String timer) throws Exception {
    String streams =
        "{\"time\":{\"data\":[0,1,2,3,3,4,5,6]},\"moving\":{\"data\":[" + moving + "]}}";

    assertThat(timer(streams)).isEqualTo(timer);
  }

  @Test
  void aGapIsAPauseEvenWhereNothingIsSaidToMove() throws Exception {
    String streams =
        "{\"time\":{\"data\":[0,1,2,60,61]},\"moving\":{\"data\":[false,false,false,false,false]}}";

    assertThat(timer(streams)).isEqualTo("START 0, STOP 2, START 60, STOP_ALL 61");
  }

  @Test
  void anActivityOfGapsAloneRanAllTheTime() throws Exception {
    ObjectNode details = Samples.details().put("elapsed_time", 100);

    String streams = "{\"time\":{\"data\":[50]}}";

    assertThat(timer(details, streams)).isEqualTo("START 0, STOP_ALL 100");
    assertThat(Samples.made(details, streams).getSessionMesgs().get(0).getTotalTimerTime())
        .isEqualTo(100f);
  }
}

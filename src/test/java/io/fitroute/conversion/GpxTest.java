package io.fitroute.conversion;

import static io.fitroute.conversion.Samples.convert;
import static io.fitroute.conversion.Samples.gpx;
import static io.fitroute.conversion.Samples.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.garmin.fit.FitMessages;
import com.garmin.fit.RecordMesg;
import com.garmin.fit.SessionMesg;
import com.garmin.fit.Sport;
import com.garmin.fit.SubSport;
import io.fitroute.conversion.Samples.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of GPX, as the programs of this world write it. */
class GpxTest {

  private static SessionMesg session(FitMessages messages) {
    assertThat(messages.getSessionMesgs()).hasSize(1);
    return messages.getSessionMesgs().get(0);
  }

  @Test
  void aTrackBecomesASession() throws Exception {
    Result result =
        convert(
            gpx(
                "<metadata><name>not this</name></metadata><trk><name>Morning Run</name>"
                    + "<type>trail_running</type><trkseg>"
                    + point(0, 48, 11, "<ele>520.4</ele>")
                    + point(10, 48.0005, 11, "<ele>525</ele>")
                    + point(20, 48.001, 11, "<ele>523</ele>")
                    + "</trkseg></trk>"));

    SessionMesg session = session(result.messages());
    assertThat(session.getSportProfileName()).isEqualTo("Morning Run");
    assertThat(session.getSport()).isEqualTo(Sport.RUNNING);
    assertThat(session.getSubSport()).isEqualTo(SubSport.TRAIL);
    assertThat(session.getStartTime().getDate().toInstant()).isEqualTo(Samples.START);
    assertThat(session.getTotalElapsedTime()).isEqualTo(20);
    assertThat(session.getTotalTimerTime()).isEqualTo(20);
    assertThat(session.getTotalDistance()).isCloseTo(111.19f, within(0.02f));
    assertThat(session.getTotalAscent()).isEqualTo(5);
    assertThat(session.getTotalDescent()).isEqualTo(2);
    assertThat(result.messages().getDeviceInfoMesgs().get(1).getProductName()).isEqualTo("a watch");
    assertThat(result.converted()).isEqualTo(new Converted(3, 1, List.of()));
    assertThat(result.messages().getRecordMesgs())
        .extracting(RecordMesg::getDistance)
        .satisfiesExactly(
            first -> assertThat(first).isZero(),
            second -> assertThat(second).isCloseTo(55.6f, within(0.02f)),
            third -> assertThat(third).isCloseTo(111.19f, within(0.02f)));
  }
}

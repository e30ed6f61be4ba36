package io.fitroute.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any valid file is read and reported correctly. */
class AnyFitFileTest {

  @Property(tries = 1000)
  void saysWhatWasPutIn(@ForAll("files") AnyFitFile file) throws Exception {
    byte[] bytes = file.bytes();
    FitReport report = check(bytes, bytes.length);
    assertThat(report.segments()).isEqualTo(file.segments());
    assertThat(report.records()).isEqualTo(file.records());
    assertThat(report.sessions()).isEqualTo(file.sessions());
    assertThat(report.laps()).isEqualTo(file.laps());
    assertThat(report.startTime().map(FitUnits::timestamp)).isEqualTo(file.start());
    assertThat(report.elapsedTime()).isEqualTo(file.elapsedTime());
    assertThat(report.timerTime()).isEqualTo(file.timerTime());
    assertThat(report.distance()).isEqualTo(file.distance());
    assertThat(report.sport()).isEqualTo(file.sport());
  }

  @Property(tries = 100)
  void saysTheSameInHoweverSmallPiecesItComes(@ForAll("files") AnyFitFile file) throws Exception {
    byte[] bytes = file.bytes();
    FitReport whole = check(bytes, bytes.length);
    assertThat(check(bytes, 1)).isEqualTo(whole);
    assertThat(check(bytes, 7)).isEqualTo(whole);
  }

  @Provide
  Arbitrary<AnyFitFile> files() {
    return Arbitraries.randomValue(AnyFitFile::new);
  }

  private static FitReport check(byte[] bytes, int piece) throws IOException, InvalidFitFile {
    return new FitCheck().check(new Pieces(new ByteArrayInputStream(bytes), piece));
  }
}

package io.fitroute.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class Crc16Test {
  @Example
  void givesTheCheckValueOfItsCatalogue() {
    assertThat(crc("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xBB3D);
  }

  @Property(tries = 300)
  void isGarmins(@ForAll byte[] bytes) {
    assertThat(crc(bytes)).isEqualTo(RawFitFile.crc(bytes, bytes.length));
  }

  @Property(tries = 300)
  void ofBytesAndTheirCrcIsZero(@ForAll byte[] bytes) {
    Crc16 crc = new Crc16();
    crc.update(bytes, 0, bytes.length);
    crc.update(new byte[] {(byte) crc.value(), (byte) (crc.value() >>> 8)}, 0, 2);
    assertThat(crc.value()).isZero();
  }

  private static int crc(byte[] bytes) {
    Crc16 crc = new Crc16();
    crc.update(bytes, 0, bytes.length);
    return crc.value();
  }
}

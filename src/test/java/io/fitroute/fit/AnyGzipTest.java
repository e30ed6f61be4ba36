package io.fitroute.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Any gzip file allowed by RFC 1952 is unpacked, however small the pieces in which it arrives. */
class AnyGzipTest {

  /**
   * A member of a gzip file.
   *
   * @param flags the flags of its header: text, checksum of the header, extra field, name, comment
   * @param extra the size of the extra field
   */
  record Member(byte[] content, int level, int flags, int extra, String text) {
    private static final int HEADER_CRC = 0x02;
    private static final int EXTRA = 0x04;
    private static final int NAME = 0x08;
    private static final int COMMENT = 0x10;

    byte[] packed() {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      packed.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, (byte) flags, 1, 2, 3, 4, 2, 3});
      if ((flags & EXTRA) != 0) {
        packed.write(extra);
        packed.write(extra >>> 8);
        // zeros, which would terminate a name
        packed.writeBytes(new byte[extra]);
      }
      if ((flags & NAME) != 0) {
        packed.writeBytes((text + "\0").getBytes(StandardCharsets.ISO_8859_1));
      }
      if ((flags & COMMENT) != 0) {
        packed.writeBytes(("of " + text + "\0").getBytes(StandardCharsets.ISO_8859_1));
      }
      if ((flags & HEADER_CRC) != 0) {
        putLittleEndian(packed, crc(packed.toByteArray()), 2);
      }
      packed.writeBytes(deflated());
      putLittleEndian(packed, crc(content), 4);
      putLittleEndian(packed, content.length, 4);
      return packed.toByteArray();
    }

    private byte[] deflated() {
      ByteArrayOutputStream deflated = new ByteArrayOutputStream();
      Deflater deflater = new Deflater(level, true);
      try (DeflaterOutputStream stream = new DeflaterOutputStream(deflated, deflater)) {
        stream.write(content);
      } catch (IOException e) {
        throw new AssertionError(e);
      } finally {
        deflater.end();
      }
      return deflated.toByteArray();
    }

    private static long crc(byte[] bytes) {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      return crc.getValue();
    }

    private static void putLittleEndian(ByteArrayOutputStream target, long value, int bytes) {
      for (int i = 0; i < bytes; i++) {
        target.write((int) (value >>> 8 * i));
      }
    }

    @Override
    public String toString() {
      return "%d bytes, level %d, flags 0x%02X, extra field of %d bytes, text of %d"
          .formatted(content.length, level, flags, extra, text.length());
    }
  }

  @Property(tries = 1000)
  void isUnpacked(
      @ForAll("members") List<Member> members,
      @ForAll @IntRange(max = 20) int padding,
      @ForAll("pieces") int piece,
      @ForAll("pieces") int wanted)
      throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (Member member : members) {
      packed.writeBytes(member.packed());
      content.writeBytes(member.content());
    }
    packed.writeBytes(new byte[padding]);

    assertThat(unpacked(packed.toByteArray(), piece, wanted)).isEqualTo(content.toByteArray());
  }

  @Provide
  Arbitrary<List<Member>> members() {
    return Combinators.combine(
            contents(),
            Arbitraries.of(Deflater.NO_COMPRESSION, Deflater.BEST_SPEED, Deflater.BEST_COMPRESSION),
            Arbitraries.integers().between(0, 0x1F),
            Arbitraries.of(0, 1, 5, 255, 256, 300, 0xFFFF),
            Arbitraries.strings().withCharRange('a', '\u00FF').ofMaxLength(10))
        .as(Member::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<Integer> pieces() {
    return Arbitraries.of(1, 3, 100, 1 << 16);
  }

  private static Arbitrary<byte[]> contents() {
    return Arbitraries.of(0, 1, 10, 1000, 20_000)
        .flatMap(
            size ->
                Arbitraries.randomValue(
                    random -> random.nextBoolean() ? noise(random, size) : repeated(size)));
  }

  private static byte[] noise(Random random, int size) {
    byte[] noise = new byte[size];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] repeated(int size) {
    byte[] repeated = new byte[size];
    Arrays.fill(repeated, (byte) 0xAB);
    return repeated;
  }

  private static byte[] unpacked(byte[] packed, int piece, int wanted) throws IOException {
    ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
    try (InputStream stream =
        new GunzipStream(new Pieces(new ByteArrayInputStream(packed), piece))) {
      if (wanted == 1) {
        for (int one = stream.read(); one >= 0; one = stream.read()) {
          unpacked.write(one);
        }
      } else {
        byte[] buffer = new byte[wanted + 2];
        for (int n = stream.read(buffer, 1, wanted); n >= 0; n = stream.read(buffer, 1, wanted)) {
          assertThat(n).isPositive();
          unpacked.write(buffer, 1, n);
        }
      }
    }
    return unpacked.toByteArray();
  }
}

package io.fitroute.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * For any input the check ends with a report or a reason; anything else thrown fails these
 * properties.
 */
class HostileFitTest {
  private static final List<byte[]> SAMPLES = List.copyOf(FitSamples.valid().values());

  record Change(double at, byte value, int kind) {}

  @Property(tries = 1000)
  void anyBytes(@ForAll byte[] bytes) throws IOException {
    check(bytes);
  }

  /** Valid headers and checksums around any content, so that messages are read. */
  @Property(tries = 3000)
  void anyMessages(@ForAll("messages") byte[] messages) throws IOException {
    check(new RawFitFile().bytes(messages).build());
  }

  @Property(tries = 3000)
  void anyChangesOfValidFiles(
      @ForAll("samples") byte[] sample, @ForAll("changes") List<Change> changes)
      throws IOException {
    byte[] bytes = sample;
    for (Change change : changes) {
      bytes = apply(change, bytes);
    }
    check(bytes);
  }

  /** Changes with corrected checksums, so that messages are read. */
  @Property(tries = 3000)
  void anyChangesOfMessages(@ForAll("changes") List<Change> changes) throws IOException {
    byte[] bytes = Arrays.copyOfRange(SAMPLES.get(0), 14, SAMPLES.get(0).length - 2);
    for (Change change : changes) {
      bytes = apply(change, bytes);
    }
    check(new RawFitFile().bytes(bytes).build());
  }

  @Provide
  Arbitrary<byte[]> samples() {
    return Arbitraries.of(SAMPLES);
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    return Combinators.combine(
            Arbitraries.doubles().between(0, true, 1, false),
            Arbitraries.bytes(),
            Arbitraries.integers().between(0, 3))
        .as(Change::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  /** Mostly sensible headers and definitions, because pure noise ends at its first byte. */
  @Provide
  Arbitrary<byte[]> messages() {
    Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
    Arbitrary<byte[]> definition =
        Combinators.combine(
                Arbitraries.integers().between(0x40, 0x43),
                Arbitraries.of(0, 1),
                Arbitraries.of(0, 18, 19, 20, 23),
                Arbitraries.of(0, 1, 2, 5, 6, 7, 8, 9, 27, 253)
                    .flatMap(
                        number ->
                            Combinators.combine(
                                    Arbitraries.integers().between(0, 8), Arbitraries.bytes())
                                .as(
                                    (size, type) ->
                                        new byte[] {number.byteValue(), size.byteValue(), type}))
                    .list()
                    .ofMaxSize(6))
            .as(HostileFitTest::definition);
    Arbitrary<byte[]> data =
        Combinators.combine(Arbitraries.of(0, 1, 2, 3, 0x80, 0xA5, 0xFF), noise)
            .as((header, body) -> concatenate(List.of(new byte[] {header.byteValue()}, body)));
    return Arbitraries.frequencyOf(Tuple.of(3, definition), Tuple.of(5, data), Tuple.of(1, noise))
        .list()
        .ofMaxSize(12)
        .map(HostileFitTest::concatenate);
  }

  private static byte[] definition(
      int header, int architecture, int globalNumber, List<byte[]> fields) {
    byte low = (byte) (architecture == 0 ? globalNumber : 0);
    byte high = (byte) (architecture == 0 ? 0 : globalNumber);
    byte[] head = {(byte) header, 0, (byte) architecture, low, high, (byte) fields.size()};
    return concatenate(List.of(head, concatenate(fields)));
  }

  private static byte[] concatenate(List<byte[]> parts) {
    return FitSamples.chained(parts.toArray(new byte[0][]));
  }

  private static byte[] apply(Change change, byte[] bytes) {
    int at = (int) (change.at() * bytes.length);
    byte[] before = Arrays.copyOf(bytes, at);
    byte[] after = Arrays.copyOfRange(bytes, at, bytes.length);
    byte[] one = {change.value()};
    return switch (change.kind()) {
      case 0 -> concatenate(List.of(before, one, after));
      case 1 -> before;
      case 2 ->
          concatenate(
              List.of(before, Arrays.copyOfRange(after, Math.min(1, after.length), after.length)));
      default ->
          concatenate(
              List.of(
                  before, one, Arrays.copyOfRange(after, Math.min(1, after.length), after.length)));
    };
  }

  private static void check(byte[] bytes) throws IOException {
    try {
      FitReport report = new FitCheck().check(new ByteArrayInputStream(bytes));
      assertThat(report.segments()).isPositive();
      assertThat(report.records()).isLessThan(bytes.length);
    } catch (InvalidFitFile e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}

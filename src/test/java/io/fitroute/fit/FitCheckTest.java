package io.fitroute.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.fitroute.fit.InvalidFitFile.Defect;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FitCheckTest {
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

  /** The number of records in each valid file. */
  private static final Map<String, Long> RECORDS =
      Map.of(
          "a run", 20L,
          "chained files", 5L + 7 + 1,
          "a header of 12 bytes", 3L,
          "a header CRC of 0", 3L,
          "compressed timestamps", 1L + 5,
          "developer fields", 1L,
          "big endian", 1L,
          "fields of no profile", 2L);

  private final FitCheck check = new FitCheck();

  static Stream<Map.Entry<String, byte[]>> validFiles() {
    return FitSamples.valid().entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("validFiles")
  void takesEveryKindOfValidFile(Map.Entry<String, byte[]> sample) throws Exception {
    assertThat(check(sample.getValue()).records()).isEqualTo(RECORDS.get(sample.getKey()));
    assertThat(GarminDecoder.isIntact(sample.getValue())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("validFiles")
  void refusesEveryCut(Map.Entry<String, byte[]> sample) throws Exception {
    byte[] file = sample.getValue();
    int accepted = 0;
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      try {
        check(cut);
        accepted++;
      } catch (InvalidFitFile e) {
        assertThat(e.defect()).isEqualTo(length == 0 ? Defect.EMPTY : Defect.TRUNCATED);
        assertThat(e).hasMessageContaining(length == 0 ? "empty" : "ends at byte " + length);
      }
    }
    // a chain cut between two files is valid
    assertThat(accepted).isEqualTo(sample.getKey().equals("chained files") ? 2 : 0);
  }

  @ParameterizedTest
  @MethodSource("validFiles")
  void refusesEveryChangedByte(Map.Entry<String, byte[]> sample) {
    byte[] file = sample.getValue();
    for (int i = 0; i < file.length; i++) {
      for (int bits : new int[] {0x01, 0x80, 0xFF, 0x40}) {
        byte[] changed = file.clone();
        changed[i] ^= (byte) bits;
        assertThatThrownBy(() -> check(changed))
            .as("byte %d of %s changed by 0x%02X", i, sample.getKey(), bits)
            .isInstanceOf(InvalidFitFile.class);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("validFiles")
  void countsWhatFollowsAfterTheEnd(Map.Entry<String, byte[]> sample) throws Exception {
    assertThat(check(sample.getValue()).trailingBytes()).isZero();
    for (byte[] trailing :
        new byte[][] {{0}, {'\n'}, {14, 0}, new byte[70_000], "<html></html>".getBytes()}) {
      FitReport report = check(FitSamples.chained(sample.getValue(), trailing));

      assertThat(report.trailingBytes()).isEqualTo(trailing.length);
      assertThat(report)
          .usingRecursiveComparison()
          .ignoringFields("trailingBytes")
          .isEqualTo(check(sample.getValue()));
    }
  }

  @ParameterizedTest
  @MethodSource("validFiles")
  void refusesAHeaderThatFollowsAndLeadsNowhere(Map.Entry<String, byte[]> sample) {
    byte[] wrongSize = FitSamples.run(2);
    wrongSize[0] = 13;
    byte[] noMagic = FitSamples.run(2);
    noMagic[8] = '!';
    for (byte[] header : new byte[][] {wrongSize, noMagic}) {
      assertDefect(
          FitSamples.chained(sample.getValue(), header),
          Defect.NOT_FIT,
          "ends at byte " + sample.getValue().length);
    }
    assertDefect(
        FitSamples.chained(sample.getValue(), new byte[] {14, 0x20}),
        Defect.TRUNCATED,
        "inside of the header");
  }

  @Test
  void reportsWhatAFileSaysOfItself() throws Exception {
    FitReport report = check(FitSamples.run(61));
    assertThat(report.segments()).isEqualTo(1);
    assertThat(report.fileType()).hasValue(FitReport.ACTIVITY);
    assertThat(report.manufacturer()).hasValue(255);
    assertThat(report.product()).hasValue(1);
    assertThat(report.productName()).contains("sample");
    assertThat(report.sport()).contains(new Sport(1, 0));
    assertThat(report.startTime()).contains(FitSamples.START);
    assertThat(report.elapsedTime()).hasValue(60);
    assertThat(report.timerTime()).hasValue(60);
    assertThat(report.distance()).hasValue(60 * FitSamples.STEP);
    assertThat(report.records()).isEqualTo(61);
    assertThat(report.laps()).isEqualTo(1);
    assertThat(report.sessions()).isEqualTo(1);
  }

  @Test
  void readsBigEndian() throws Exception {
    FitReport report = check(FitSamples.bigEndian().build());
    assertThat(report.manufacturer()).hasValue(255);
    assertThat(report.product()).hasValue(7);
    assertThat(report.productName()).contains("watch");
    assertThat(report.sport()).contains(new Sport(2, 8));
    assertThat(report.startTime()).contains(FitSamples.START);
    assertThat(report.elapsedTime()).hasValue(100.5);
    assertThat(report.timerTime()).hasValue(90.25);
    assertThat(report.distance()).hasValue(1234.56);
  }

  @Test
  void measuresRecordsWhereThereIsNoSession() throws Exception {
    FitReport report = check(FitSamples.records(31).build());
    assertThat(report.startTime()).contains(FitSamples.START);
    assertThat(report.elapsedTime()).hasValue(30);
    assertThat(report.timerTime()).isEmpty();
    assertThat(report.distance()).hasValue(300);
    assertThat(report.sport()).isEmpty();
    assertThat(report.sessions()).isZero();
  }

  @Test
  void resolvesCompressedTimestamps() throws Exception {
    FitReport report = check(FitSamples.compressedTimestamps().build());
    assertThat(report.records()).isEqualTo(6);
    assertThat(report.elapsedTime()).hasValue(40);
  }

  @Test
  void readsPastDeveloperFields() throws Exception {
    int[] fields = {253, 4, 0x86, 5, 4, 0x86};
    int[] developerFields = {0, 2, 0, 1, 200, 0};
    RawFitFile file = new RawFitFile().definition(3, LITTLE, 20, fields, developerFields);
    int start = (int) FitUnits.timestamp(FitSamples.START);
    for (int i = 0; i < 4; i++) {
      // read as messages, the developer fields would be messages of local type 3
      byte[] developers = new byte[202];
      Arrays.fill(developers, (byte) 3);
      file.data(3, FitSamples.message(210).putInt(start + i).putInt(1000 * i).put(developers));
    }

    FitReport report = check(file.build());

    assertThat(report.records()).isEqualTo(4);
    assertThat(report.elapsedTime()).hasValue(3);
    assertThat(report.distance()).hasValue(30);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0114, 0x1400, 0xFF14})
  void tellsMessagesApartByTheirWholeNumber(int number) throws Exception {
    RawFitFile file =
        new RawFitFile()
            .definition(0, LITTLE, number, 5, 4, 0x86)
            .data(0, FitSamples.message(4))
            .definition(1, ByteOrder.BIG_ENDIAN, number, 5, 4, 0x86)
            .data(1, FitSamples.message(4));

    FitReport report = check(file.build());

    assertThat(report.records()).isZero();
    assertThat(report.distance()).isEmpty();
  }

  @Test
  void takesCompressedTimestampsWithoutAFullOneBefore() throws Exception {
    RawFitFile file =
        new RawFitFile()
            .definition(0, LITTLE, 20, 3, 1, 0x02)
            .compressed(0, 5, FitSamples.message(1));
    FitReport report = check(file.build());
    assertThat(report.records()).isEqualTo(1);
    assertThat(report.startTime()).isEmpty();
  }

  @Test
  void addsUpChainedFiles() throws Exception {
    FitReport report =
        check(
            FitSamples.chained(
                FitSamples.run(11), FitSamples.run(21), FitSamples.records(5).build()));
    assertThat(report.segments()).isEqualTo(3);
    assertThat(report.records()).isEqualTo(37);
    assertThat(report.sessions()).isEqualTo(2);
    assertThat(report.elapsedTime()).hasValue(30);
    assertThat(report.distance()).hasValue(30 * FitSamples.STEP);
  }

  @Test
  void forgetsDefinitionsBetweenChainedFiles() {
    byte[] second = new RawFitFile().data(1, FitSamples.message(8)).build();
    assertDefect(
        FitSamples.chained(FitSamples.records(1).build(), second),
        Defect.BROKEN_MESSAGE,
        "in segment 2 is of local type 1, which was not defined before");
  }

  @Test
  void knowsNothingOfWhatIsMarkedUnknown() throws Exception {
    RawFitFile file =
        new RawFitFile()
            .definition(0, LITTLE, 0, 0, 1, 0, 1, 2, 0x84, 8, 4, 0x07)
            .data(0, FitSamples.message(7).put((byte) 0xFF).putShort((short) 0xFFFF))
            .definition(1, LITTLE, 18, 2, 4, 0x86, 5, 1, 0, 7, 4, 0x86, 9, 4, 0x86)
            .data(1, FitSamples.message(13).putInt(-1).put((byte) 0xFF).putInt(-1).putInt(-1));
    FitReport report = check(file.build());
    assertThat(report.fileType()).isEqualTo(OptionalInt.empty());
    assertThat(report.manufacturer()).isEqualTo(OptionalInt.empty());
    assertThat(report.productName()).isEmpty();
    assertThat(report.startTime()).isEmpty();
    assertThat(report.sport()).isEmpty();
    assertThat(report.elapsedTime()).isEmpty();
    assertThat(report.distance()).isEmpty();
  }

  @Test
  void takesTheCreatorsNameWhereTheFileHasNone() throws Exception {
    RawFitFile file =
        new RawFitFile()
            .definition(0, LITTLE, 23, 0, 1, 0x02, 27, 6, 0x07)
            .data(0, FitSamples.message(7).put((byte) 1).put("strap".getBytes()))
            .data(0, FitSamples.message(7).put((byte) 0).put("watch".getBytes()));
    assertThat(check(file.build()).productName()).contains("watch");
  }

  @Test
  void namesTheDeviceAsWellAsItCan() throws Exception {
    assertThat(check(FitSamples.run(2)).device()).contains("sample");
    assertThat(check(maker(1, 3992)).device()).contains("Garmin product 3992");
    assertThat(check(maker(1, 0xFFFE)).device()).contains("Garmin product 65534");
    assertThat(check(maker(1, 0xFFFF)).device()).contains("Garmin");
    assertThat(check(maker(5000, 2)).device()).contains("manufacturer 5000 product 2");
    assertThat(check(maker(0xFFFF, 2)).device()).isEmpty();
  }

  @Test
  void keepsTerminalCodesOutOfNames() throws Exception {
    RawFitFile file =
        new RawFitFile()
            .definition(0, LITTLE, 0, 8, 9, 0x07)
            .data(0, ByteBuffer.wrap("\u001b[31m\r\nX\u007f".getBytes()));
    assertThat(check(file.build()).productName()).isEqualTo(Optional.of("[31m  X"));
  }

  @Test
  void takesMessagesWithoutFields() throws Exception {
    RawFitFile file =
        FitSamples.records(1).definition(7, LITTLE, 20).data(7, FitSamples.message(0));
    assertThat(check(file.build()).records()).isEqualTo(2);
  }

  @Test
  void explainsAWrongCrc() {
    byte[] good = FitSamples.records(3).build();
    byte[] bad = FitSamples.records(3).crcError(0x0100).build();
    int crc = RawFitFile.crc(good, good.length - 2);
    assertDefect(
        FitSamples.chained(good, bad),
        Defect.WRONG_CRC,
        "segment 2 ends in the CRC 0x%04X; that of its bytes is 0x%04X"
            .formatted(crc ^ 0x0100, crc));
  }

  @Test
  void explainsAWrongHeaderCrc() {
    assertDefect(
        FitSamples.records(3).headerCrc(RawFitFile.HeaderCrc.WRONG).build(),
        Defect.WRONG_CRC,
        "the header of segment 1 has the CRC 0x");
  }

  @Test
  void explainsATruncatedFile() {
    byte[] file = FitSamples.records(3).build();
    assertDefect(
        Arrays.copyOf(file, 60),
        Defect.TRUNCATED,
        "the file ends at byte 60; by the header of segment 1 it has %d bytes"
            .formatted(file.length));
    assertDefect(
        Arrays.copyOf(file, 9),
        Defect.TRUNCATED,
        "the file ends at byte 9, inside of the header of segment 1, which has 14 bytes");
  }

  @Test
  void explainsADataSizeThatIsTooSmall() {
    assertDefect(
        FitSamples.records(3).dataSizeError(-3).build(),
        Defect.WRONG_DATA_SIZE,
        "by the header's data size all messages end at byte");
  }

  @Test
  void explainsADataSizeThatIsTooLarge() {
    assertDefect(
        FitSamples.records(3).dataSizeError(100).build(),
        Defect.BROKEN_MESSAGE,
        "not defined before");
    assertDefect(
        FitSamples.records(3).dataSizeError(2).build(),
        Defect.BROKEN_MESSAGE,
        "not defined before");
    for (int bit = 8; bit < 32; bit++) {
      assertDefect(
          FitSamples.records(3).dataSizeError(1 << bit).build(),
          Defect.BROKEN_MESSAGE,
          "not defined before");
    }
  }

  @Test
  void explainsAFileThatWasNeverCompleted() {
    assertDefect(
        new RawFitFile().build(),
        Defect.WRONG_DATA_SIZE,
        "0 bytes of data: it was never completed");
  }

  @Test
  void explainsWhatIsNotFit() {
    assertDefect(new byte[0], Defect.EMPTY, "the file is empty");
    assertDefect(new byte[100], Defect.NOT_FIT, "its header size is 0; allowed: 12 and 14");
    assertDefect("<html></html>".getBytes(), Defect.NOT_FIT, "its header size is 60");
    byte[] noMagic = FitSamples.records(1).build();
    noMagic[9] = 'P';
    assertDefect(noMagic, Defect.NOT_FIT, "\".FIT\" is missing at byte 8");
  }

  @Test
  void explainsABrokenDefinition() {
    assertDefect(
        new RawFitFile()
            .bytes((byte) 0x40, (byte) 0, (byte) 2, (byte) 0, (byte) 0, (byte) 0)
            .build(),
        Defect.BROKEN_MESSAGE,
        "the definition at byte 14 in segment 1 has the architecture 2; 0 and 1 are possible");
    assertDefect(
        new RawFitFile()
            .bytes((byte) 0x40, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 9)
            .build(),
        Defect.WRONG_DATA_SIZE,
        "the message at byte 14 in segment 1 goes on to byte 47; by the header's data size all messages end at byte 20");
  }

  @Test
  void passesOnThatAFileCannotBeRead() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk on fire");
          }
        };
    assertThatThrownBy(() -> check.check(broken))
        .isInstanceOf(IOException.class)
        .hasMessage("disk on fire");
  }

  @Test
  void isNotSlowedDownByHostileDefinitions() {
    // the shortest definitions of the longest messages, and the shortest messages with the most
    // fields
    RawFitFile file = new RawFitFile();
    byte[] definition = {0x40, 0, 0, 20, 0, 0};
    byte[] many = new byte[definition.length * 500_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = definition[i % definition.length];
    }
    int[] fields = new int[255 * 3];
    for (int i = 0; i < 255; i++) {
      fields[3 * i] = i;
    }
    byte[] built =
        file.bytes(many).definition(1, LITTLE, 18, fields).bytes(ones(3_000_000)).build();
    assertTimeout(
        Duration.ofSeconds(60), () -> assertThat(check(built).sessions()).isEqualTo(3_000_000));
  }

  @Test
  void agreesWithGarminOnChangedFiles() {
    Random random = new Random(42);
    byte[] file = FitSamples.run(8);
    for (int round = 0; round < 3000; round++) {
      byte[] changed = file.clone();
      for (int changes = random.nextInt(3); changes >= 0; changes--) {
        changed[14 + random.nextInt(changed.length - 14)] = (byte) random.nextInt();
      }
      assertThat(isValid(changed)).isEqualTo(GarminDecoder.isIntact(changed));
    }
  }

  private static byte[] maker(int manufacturer, int product) {
    return new RawFitFile()
        .definition(0, LITTLE, 0, 1, 2, 0x84, 2, 2, 0x84)
        .data(0, FitSamples.message(4).putShort((short) manufacturer).putShort((short) product))
        .build();
  }

  private static byte[] ones(int count) {
    byte[] ones = new byte[count];
    Arrays.fill(ones, (byte) 1);
    return ones;
  }

  private boolean isValid(byte[] file) {
    try {
      check(file);
      return true;
    } catch (InvalidFitFile e) {
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private FitReport check(byte[] file) throws IOException, InvalidFitFile {
    return check.check(new ByteArrayInputStream(file));
  }

  private void assertDefect(byte[] file, Defect defect, String message) {
    InvalidFitFile thrown = catchThrowableOfType(InvalidFitFile.class, () -> check(file));
    assertThat(thrown).isNotNull().hasMessageContaining(message);
    assertThat(thrown.defect()).isEqualTo(defect);
  }
}

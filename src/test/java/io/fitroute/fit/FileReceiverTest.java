package io.fitroute.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fitroute.fit.UnacceptableFile.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileReceiverTest {
  private static final byte[] RUN = FitSamples.run(50);
  private static final String GPX =
      "<gpx version=\"1.1\" creator=\"phone\"><trk><name>Run</name></trk></gpx>";
  private static final String TCX =
      "<TrainingCenterDatabase xmlns=\"http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2\"></TrainingCenterDatabase>";
  private static final String PROLOG =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n";
  private static final long MAXIMUM = 1_000_000;

  private final FileReceiver receiver = new FileReceiver(new FitCheck(), MAXIMUM);
  @TempDir Path folder;

  @Test
  void storesFit() throws Exception {
    ReceivedFile received = receive(RUN);
    assertThat(received.path()).isEqualTo(target()).hasBinaryContent(RUN);
    assertThat(received.format()).isEqualTo(FileFormat.FIT);
    assertThat(received.size()).isEqualTo(RUN.length);
    assertThat(received.sha256()).isEqualTo(sha256(RUN));
    assertThat(received.fit()).contains(new FitCheck().check(target()));
  }

  @Test
  void storesEveryKindOfValidFit() throws Exception {
    for (byte[] sample : FitSamples.valid().values()) {
      receive(sample);
      assertThat(target()).hasBinaryContent(sample);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void unpacksGzip(int times) throws Exception {
    byte[] packed = RUN;
    for (int i = 0; i < times; i++) {
      packed = gzip(packed);
    }
    ReceivedFile received = receive(packed);
    assertThat(received.path()).hasBinaryContent(RUN);
    assertThat(received.size()).isEqualTo(RUN.length);
    assertThat(received.sha256()).isEqualTo(sha256(RUN));
    assertThat(received.format()).isEqualTo(FileFormat.FIT);
  }

  @Test
  void unpacksGzipOfSeveralMembersAndPadding() throws Exception {
    byte[] first = Arrays.copyOf(RUN, 100);
    byte[] second = Arrays.copyOfRange(RUN, 100, RUN.length);
    receive(FitSamples.chained(gzip(first), gzip(new byte[0]), gzip(second), new byte[20]));
    assertThat(target()).hasBinaryContent(RUN);
  }

  @Test
  void unpacksGzipWithEverythingThatAHeaderCanHave() throws Exception {
    byte[] plain = gzip(RUN);
    byte[] optional = {3, 0, 'a', 'b', 'c', 'n', 'a', 'm', 'e', 0, 'h', 'i', 0, 1, 2};
    byte[] head = Arrays.copyOf(plain, 10);
    head[3] = 0x1E;
    receive(FitSamples.chained(head, optional, Arrays.copyOfRange(plain, 10, plain.length)));
    assertThat(target()).hasBinaryContent(RUN);
  }

  @Test
  void unpacksForeignOriginals() throws Exception {
    assertThat(receive(gzip(text(GPX))).format()).isEqualTo(FileFormat.GPX);
    assertThat(target()).hasContent(GPX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GPX,
        PROLOG + GPX,
        "\n \t" + PROLOG + "<!-- <html> is not here -->\n" + GPX + "\n\n",
        "\uFEFF" + PROLOG + GPX,
        PROLOG + "<!DOCTYPE gpx SYSTEM \"gpx.dtd\" [ <!ENTITY a \">\"> ]>" + GPX,
        PROLOG + "<?xml-stylesheet href=\"a.xsl\"?>" + GPX + "<!-- end -->",
        "<g:gpx xmlns:g=\"http://www.topografix.com/GPX/1/1\"></g:gpx>"
      })
  void recognisesGpx(String document) throws Exception {
    ReceivedFile received = receive(text(document));
    assertThat(received.format()).isEqualTo(FileFormat.GPX);
    assertThat(received.fit()).isEmpty();
    assertThat(target()).hasBinaryContent(text(document));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void recognisesGpxInOtherEncodings(String charset) throws Exception {
    assertThat(receive(("\uFEFF" + PROLOG + GPX).getBytes(Charset.forName(charset))).format())
        .isEqualTo(FileFormat.GPX);
  }

  @Test
  void recognisesTcx() throws Exception {
    assertThat(receive(text("          " + PROLOG + TCX)).format()).isEqualTo(FileFormat.TCX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"points\":[]}", " \n[1,2]\n", "\uFEFF{}"})
  void recognisesJson(String document) throws Exception {
    assertThat(receive(text(document)).format()).isEqualTo(FileFormat.JSON);
  }

  @Test
  void takesLongDocuments() throws Exception {
    String document = "<gpx>" + "<trkpt lat=\"48\" lon=\"11\"/>\n".repeat(10_000) + "</gpx>";
    ReceivedFile received = receive(text(document));
    assertThat(received.format()).isEqualTo(FileFormat.GPX);
    assertThat(received.sha256()).isEqualTo(sha256(text(document)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html><html><body>Log in</body></html>",
        "<!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">\n<p>",
        "\n\n<html lang=\"en\">",
        "<HTML></HTML>",
        "<!-- page --> <head>",
        "<?xml version=\"1.0\"?><!DOCTYPE html><html xmlns=\"http://www.w3.org/1999/xhtml\"/>"
      })
  void refusesHtml(String page) throws Exception {
    assertRefused(text(page), Kind.HTML, "an HTML page instead of an activity's file");
    assertRefused(gzip(text(page)), Kind.HTML, "an HTML page");
  }

  @Test
  void refusesAnEndlessPageAtOnce() {
    InputStream endless =
        new SequenceInputStream(new ByteArrayInputStream(text("<html>")), endless((byte) 'x'));
    FileReceiver unbounded = new FileReceiver(new FitCheck(), Long.MAX_VALUE);
    assertThat(
            catchThrowableOfType(UnacceptableFile.class, () -> unbounded.receive(endless, target()))
                .kind())
        .isEqualTo(Kind.HTML);
  }

  @Test
  void refusesNothing() throws Exception {
    assertRefused(new byte[0], Kind.EMPTY, "an empty file");
    assertRefused(gzip(new byte[0]), Kind.EMPTY, "an empty file");
    assertRefused(text(" \r\n\t"), Kind.EMPTY, "only whitespace");
    assertRefused("\uFEFF".getBytes(StandardCharsets.UTF_16BE), Kind.EMPTY, "only whitespace");
    assertRefused("\uFEFF".getBytes(StandardCharsets.UTF_16LE), Kind.EMPTY, "only whitespace");
  }

  @Test
  void refusesWhatItDoesNotKnow() throws Exception {
    assertRefused(new byte[100], Kind.UNKNOWN, "it starts with the bytes 00 00 00 00 00 00 00 00");
    assertRefused(text("PK\003\004"), Kind.UNKNOWN, "50 4B 03 04");
    assertRefused(text("<kml></kml>"), Kind.UNKNOWN, "neither FIT nor GPX, TCX or JSON");
    assertRefused(text("<gpxx></gpxx>"), Kind.UNKNOWN, "neither FIT");
    assertRefused(text("<"), Kind.UNKNOWN, "3C");
    assertRefused(text("<!-- never ended <gpx></gpx>"), Kind.UNKNOWN, "3C 21");
    assertRefused(text("<!--><gpx></gpx>-->"), Kind.UNKNOWN, "3C 21");
    assertRefused(text("Record Not Found"), Kind.UNKNOWN, "52 65");
    assertRefused(new byte[] {0x1F}, Kind.UNKNOWN, "1F");
  }

  @Test
  void refusesFitThatIsNotValid() throws Exception {
    assertRefused(
        Arrays.copyOf(RUN, RUN.length - 1),
        Kind.TRUNCATED,
        "a FIT file that is not valid: the file ends at byte %d".formatted(RUN.length - 1));
    assertRefused(Arrays.copyOf(RUN, 5), Kind.TRUNCATED, "inside of the header");
    assertRefused(
        FitSamples.records(3).crcError(1).build(), Kind.CORRUPT, "segment 1 ends in the CRC");
    assertRefused(
        gzip(FitSamples.records(3).crcError(1).build()), Kind.CORRUPT, "segment 1 ends in the CRC");
  }

  @ParameterizedTest
  @CsvSource({
    "0E10, TRUNCATED",
    "0C20, TRUNCATED",
    "0E105408, TRUNCATED",
    "0E10540811000000 2E4649, TRUNCATED",
    "0E10540811000000 2E464954, TRUNCATED",
    // an unknown protocol version, but otherwise a complete header
    "0E30540811000000 2E464954, TRUNCATED",
    "0E30540811000000 2E4649, UNKNOWN",
    "0E30, UNKNOWN",
    "0E00, UNKNOWN",
    "0D10, UNKNOWN",
    "0E, UNKNOWN"
  })
  void knowsACutFitHeader(String head, Kind kind) throws Exception {
    assertRefused(HexFormat.of().parseHex(head.replace(" ", "")), kind, "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "<gpx><trk></trk>;GPX",
        "<TrainingCenterDatabase><Activities/>;TCX",
        "{\"points\":[1;JSON"
      })
  void refusesDocumentsWithoutTheirEnd(String document, String format) throws Exception {
    assertRefused(text(document), Kind.TRUNCATED, "an incomplete %s document of".formatted(format));
  }

  @Test
  void refusesEveryCutOfAPacking() throws Exception {
    byte[] packed = gzip(RUN);
    for (int length = 2; length < packed.length; length++) {
      assertRefused(Arrays.copyOf(packed, length), Kind.TRUNCATED, "");
    }
  }

  @Test
  void refusesBrokenPackings() throws Exception {
    byte[] packed = gzip(RUN);
    byte[] wrongCrc = packed.clone();
    wrongCrc[packed.length - 8]++;
    assertRefused(wrongCrc, Kind.CORRUPT, "its CRC is 0x");
    byte[] wrongSize = packed.clone();
    wrongSize[packed.length - 4]++;
    assertRefused(
        wrongSize,
        Kind.CORRUPT,
        "its size says %d bytes; there are %d".formatted(RUN.length + 1, RUN.length));
    byte[] noise = FitSamples.chained(Arrays.copyOf(packed, 10), text("\u0007\u0007 and so on"));
    assertRefused(noise, Kind.CORRUPT, "the gzip data is damaged");
    assertRefused(
        FitSamples.chained(packed, text("more")), Kind.CORRUPT, "does not start with 1F 8B");
    assertRefused(
        new byte[] {0x1F, (byte) 0x8B, 7, 0, 0, 0, 0, 0, 0, 0}, Kind.CORRUPT, "not deflate");
    assertRefused(
        new byte[] {0x1F, (byte) 0x8B, 8, (byte) 0x80, 0, 0, 0, 0, 0, 0},
        Kind.CORRUPT,
        "reserved flags");
  }

  @Test
  void refusesPackingsWithinPackings() throws Exception {
    assertRefused(gzip(gzip(gzip(RUN))), Kind.UNKNOWN, "compressed with gzip more than 2 times");
  }

  @Test
  void refusesMoreBytesThanAllowed() throws Exception {
    byte[] large = FitSamples.chained(RUN, new byte[(int) MAXIMUM]);
    assertRefused(large, Kind.TOO_LARGE, "the file has more than the 1000000 bytes allowed");
    assertRefused(
        gzip(large), Kind.TOO_LARGE, "the unpacked file has more than the 1000000 bytes allowed");
    assertRefused(
        gzip(gzip(large)),
        Kind.TOO_LARGE,
        "the unpacked file has more than the 1000000 bytes allowed");
  }

  @Test
  void takesExactlyAsManyBytesAsAllowed() throws Exception {
    new FileReceiver(new FitCheck(), RUN.length).receive(new ByteArrayInputStream(RUN), target());
    FileReceiver smaller = new FileReceiver(new FitCheck(), RUN.length - 1);
    assertThatThrownBy(() -> smaller.receive(new ByteArrayInputStream(RUN), target()))
        .isInstanceOf(UnacceptableFile.class);
  }

  @Test
  void refusesABombOfNothing() throws Exception {
    // hundreds of thousands of empty members within a few kilobytes of gzip
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    byte[] nothing = gzip(new byte[0]);
    for (int i = 0; i < 200_000; i++) {
      members.writeBytes(nothing);
    }
    assertRefused(gzip(members.toByteArray()), Kind.TOO_LARGE, "the unpacked file has more than");
    FileReceiver patient = new FileReceiver(new FitCheck(), 10 * MAXIMUM);
    UnacceptableFile thrown =
        catchThrowableOfType(
            UnacceptableFile.class,
            () -> patient.receive(new ByteArrayInputStream(members.toByteArray()), target()));
    assertThat(thrown.kind()).isEqualTo(Kind.EMPTY);
  }

  @Test
  void replacesWhatWasThere() throws Exception {
    Files.write(target(), new byte[RUN.length * 2]);
    receive(RUN);
    assertThat(target()).hasBinaryContent(RUN);
  }

  @Test
  void passesOnThatTheSourceBroke() {
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream(Arrays.copyOf(RUN, 300)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("connection reset");
              }
            });
    assertThatThrownBy(() -> receiver.receive(broken, target()))
        .isInstanceOf(IOException.class)
        .hasMessage("connection reset");
    assertThat(target()).doesNotExist();
  }

  @Test
  void leavesAFolderAlone() throws Exception {
    Files.createDirectory(target());
    assertThatThrownBy(() -> receive(RUN)).isInstanceOf(IOException.class);
    assertThat(target()).isDirectory();
  }

  @Test
  void leavesTheSourceOpen() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream source =
        new FilterInputStream(new ByteArrayInputStream(gzip(RUN))) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    receiver.receive(source, target());
    assertThat(closed).isFalse();
  }

  @Test
  void needsASizeToAllow() {
    assertThatThrownBy(() -> new FileReceiver(new FitCheck(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 bytes");
    assertThat(new FileReceiver(new FitCheck(), 1)).isNotNull();
  }

  private Path target() {
    return folder.resolve("received");
  }

  private ReceivedFile receive(byte[] bytes) throws IOException, UnacceptableFile {
    return receiver.receive(new ByteArrayInputStream(bytes), target());
  }

  private void assertRefused(byte[] bytes, Kind kind, String message) {
    UnacceptableFile thrown = catchThrowableOfType(UnacceptableFile.class, () -> receive(bytes));
    assertThat(thrown).isNotNull().hasMessageContaining(message);
    assertThat(thrown.kind()).isEqualTo(kind);
    assertThat(target()).doesNotExist();
  }

  private static InputStream endless(byte value) {
    return new InputStream() {
      @Override
      public int read() {
        return value;
      }
    };
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}

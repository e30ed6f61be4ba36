package io.fitroute.conversion;

import static io.fitroute.conversion.Samples.convert;
import static io.fitroute.conversion.Samples.point;
import static io.fitroute.conversion.Samples.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Documents that want to read files, to be slow, or to fill the memory. */
class HostileDocumentTest {

  /** A hundred million bytes that are all the same, and how many of them were read. */
  private static final class Endless extends InputStream {
    private static final int SIZE = 100_000_000;
    private final byte[] pattern;
    private int read;

    Endless(String pattern) {
      this.pattern = pattern.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int read() {
      return read < SIZE ? pattern[read++ % pattern.length] : -1;
    }
  }

  private static InputStream document(String before, InputStream middle, String after) {
    return new SequenceInputStream(
        Collections.enumeration(List.of(bytes(before), middle, bytes(after))));
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns how much of the pattern was read. */
  private static int assertRefusedSoon(String before, String pattern, String after, String reason) {
    Endless middle = new Endless(pattern);

    assertThatThrownBy(() -> DocumentReader.read(document(before, middle, after)))
        .isInstanceOf(CannotConvert.class)
        .hasMessageContaining(reason);
    assertThat(middle.read).isLessThan(4_000_000);
    return middle.read;
  }

  @Example
  void aLongTextIsRefused() {
    assertRefusedSoon("<gpx><trk><name>", "x", "</name></trk></gpx>", "has more than 65536");
    assertRefusedSoon("<gpx><desc>", "&lt;x", "</desc></gpx>", "has more than 65536");
    assertRefusedSoon("<gpx><desc><![CDATA[", "x", "]]></desc></gpx>", "has more than 1048576");
  }

  @Example
  void aLongTagOrCommentIsRefused() {
    assertRefusedSoon("<gpx creator='", "x", "'/>", "has more than 1048576");
    assertRefusedSoon("<gpx", " a='b'", "/>", "");
    assertRefusedSoon("<gpx><", "x", "/></gpx>", "");
    assertRefusedSoon("<gpx><!--", "x", "--></gpx>", "has more than 1048576");
    assertRefusedSoon("<gpx><?x ", "x", "?></gpx>", "has more than 1048576");
    assertRefusedSoon("<!DOCTYPE gpx [", " ", "]><gpx/>", "has more than 1048576");
    assertRefusedSoon("", " ", "<gpx/>", "it is not XML");
  }

  @Example
  void deepNestingIsRefused() {
    assertThat(assertRefusedSoon("<gpx>", "<a>", "", "nested more than 64 deep"))
        .isLessThan(100_000);
  }

  @Example
  void tooManyPointsAreRefused() {
    Endless points = new Endless("<trkpt><time>2026-11-20T06:02:11Z</time></trkpt>");

    assertThatThrownBy(
            () -> DocumentReader.read(document("<gpx><trk><trkseg>", points, "</trkseg>")))
        .isInstanceOf(CannotConvert.class)
        .hasMessage("it has more than 500000 points");
  }

  @Example
  void tooManyLapsAreRefused() {
    assertRefusedSoon(
        "<TrainingCenterDatabase><Activities><Activity>",
        "<Lap/>",
        "",
        "it has more than 10000 laps");
  }

  @Example
  void aDocumentTypeIsRefused() {
    assertThatThrownBy(
            () ->
                convert(
                    "<!DOCTYPE gpx SYSTEM 'http://example.org/gpx.dtd'>"
                        + track(point(0, 48, 11, "")).replaceFirst("<[?].*[?]>", "")))
        .isInstanceOf(CannotConvert.class)
        .hasMessageContaining("document type");
  }

  @Example
  void entitiesThatGrowAreRefused() {
    StringBuilder declarations = new StringBuilder("<!ENTITY a0 'lol'>");
    for (int level = 1; level < 10; level++) {
      declarations.append(
          "<!ENTITY a%d '%s'>".formatted(level, ("&a" + (level - 1) + ";").repeat(10)));
    }

    assertThatThrownBy(
            () ->
                convert(
                    "<!DOCTYPE gpx [" + declarations + "]><gpx><trk><name>&a9;</name></trk></gpx>"))
        .isInstanceOf(CannotConvert.class)
        .hasMessageContaining("document type");
  }

  @Example
  void nothingOutsideIsRead() throws IOException {
    Path secret = Files.createTempFile("secret", ".txt");
    Files.writeString(secret, "2026-11-20T06:02:11Z");
    AtomicInteger requests = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
        });
    server.start();
    try {
      String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/x";
      for (String type :
          List.of(
              "<!DOCTYPE gpx [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]>",
              "<!DOCTYPE gpx [<!ENTITY x SYSTEM '" + address + "'>]>",
              "<!DOCTYPE gpx [<!ENTITY % x SYSTEM '" + address + "'> %x;]>",
              "<!DOCTYPE gpx SYSTEM '" + address + "'>")) {
        String document =
            type + "<gpx><trk><trkseg><trkpt><time>&x;</time></trkpt></trkseg></trk></gpx>";
        assertThatThrownBy(() -> convert(document)).isInstanceOf(CannotConvert.class);
      }
      assertThat(requests).hasValue(0);
    } finally {
      server.stop(0);
      Files.delete(secret);
    }
  }

  private static byte[] whole() {
    return track(
            point(0, 48, 11, "<ele>5</ele>")
                + point(1, 48, 11, "<extensions><gpxtpx:hr>1</gpxtpx:hr></extensions>"))
        .strip()
        .getBytes(StandardCharsets.UTF_8);
  }

  @Property(tries = 300)
  void aDocumentThatEndsEarlyIsRefused(@ForAll @IntRange(max = 10_000) int size) {
    byte[] whole = whole();

    assertThatThrownBy(() -> convert(Arrays.copyOf(whole, size % whole.length)))
        .isInstanceOf(CannotConvert.class);
  }

  @Property(tries = 2000)
  void aDamagedDocumentIsConvertedOrRefused(
      @ForAll @IntRange(max = 10_000) int place, @ForAll byte damage) {
    byte[] damaged = whole();
    damaged[place % damaged.length] = damage;

    assertThatCode(() -> DocumentReader.read(new ByteArrayInputStream(damaged)))
        .satisfiesAnyOf(
            failure -> assertThat(failure).isNull(),
            failure -> assertThat(failure).isInstanceOf(CannotConvert.class));
  }
}

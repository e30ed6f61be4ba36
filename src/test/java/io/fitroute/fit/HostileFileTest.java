package io.fitroute.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Any input is either stored or refused with a reason; anything else thrown fails these properties.
 */
class HostileFileTest {
  private static final long MAXIMUM = 10_000;

  private static Path folder;

  private final FileReceiver receiver = new FileReceiver(new FitCheck(), MAXIMUM);

  @BeforeContainer
  static void createFolder() throws IOException {
    folder = Files.createTempDirectory("hostile");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    Files.delete(folder);
  }

  @Property(tries = 500)
  void anyBytes(@ForAll byte[] bytes) throws IOException {
    receive(bytes);
  }

  @Property(tries = 500)
  void anyText(@ForAll("markup") String text) throws IOException {
    receive(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 500)
  void anyPacking(@ForAll @Size(max = 20) byte[] bytes) throws IOException {
    receive(FitSamples.chained(new byte[] {0x1F, (byte) 0x8B, 8}, bytes));
  }

  @Property(tries = 500)
  void anyChangeOfAPacking(
      @ForAll("packings") byte[] packing, @ForAll("changes") List<int[]> changes)
      throws IOException {
    byte[] changed = packing.clone();
    for (int[] change : changes) {
      changed[change[0] % changed.length] = (byte) change[1];
    }
    receive(changed);
  }

  @Provide
  Arbitrary<String> markup() {
    return Arbitraries.of(
            "<",
            ">",
            "<?",
            "?>",
            "<!--",
            "-->",
            "<!DOCTYPE ",
            "[",
            "]",
            "gpx",
            "html",
            "</gpx>",
            ":",
            " ",
            "\n",
            "{",
            "}",
            "\"",
            "\uFEFF",
            "a")
        .list()
        .ofMaxSize(15)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<byte[]> packings() {
    return Arbitraries.of(gzip(FitSamples.run(5)), gzip(gzip(FitSamples.run(5))));
  }

  @Provide
  Arbitrary<List<int[]>> changes() {
    return Arbitraries.integers()
        .between(0, 1000)
        .array(int[].class)
        .ofSize(2)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  private void receive(byte[] bytes) throws IOException {
    Path target = folder.resolve("received");
    try {
      ReceivedFile received = receiver.receive(new ByteArrayInputStream(bytes), target);
      assertThat(target).hasSize(received.size());
      assertThat(received.size()).isBetween(1L, MAXIMUM);
      assertThat(received.fit().isPresent()).isEqualTo(received.format() == FileFormat.FIT);
      Files.delete(target);
    } catch (UnacceptableFile e) {
      assertThat(e.getMessage()).isNotBlank();
      assertThat(target).doesNotExist();
    }
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}

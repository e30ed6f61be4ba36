package io.fitroute.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.export.ExportedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {

  @TempDir Path folder;
  private Path base;
  private FileSink sink;

  @BeforeEach
  void prepare() {
    base = folder.resolve("base");
    sink = new FileSink(base.toString());
  }

  private Path file(String content) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "event", ".part"), content);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(base)) {
      return all.filter(Files::isRegularFile)
          .map(file -> base.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void aFileIsPutUnderItsPath() throws Exception {
    String path = sink.deliver(file("one"), "2026/11/1.fit");

    assertThat(path).isEqualTo("2026/11/1.fit");
    assertThat(base.resolve(path)).hasContent("one");
    assertThat(files()).containsExactly("2026/11/1.fit");
  }

  @Test
  void theSameFileAgainIsSuccess() throws Exception {
    sink.deliver(file("one"), "1.fit");
    Object before = Files.getLastModifiedTime(base.resolve("1.fit"));

    assertThat(sink.deliver(file("one"), "1.fit")).isEqualTo("1.fit");

    assertThat(Files.getLastModifiedTime(base.resolve("1.fit"))).isEqualTo(before);
    assertThat(files()).containsExactly("1.fit");
  }

  @Test
  void anotherFileIsLeftAloneAndThisOneNumbered() throws Exception {
    sink.deliver(file("one"), "a/run.fit");

    assertThat(sink.deliver(file("two"), "a/run.fit")).isEqualTo("a/run-2.fit");
    assertThat(sink.deliver(file("three"), "a/run.fit")).isEqualTo("a/run-3.fit");
    assertThat(sink.deliver(file("two"), "a/run.fit")).isEqualTo("a/run-2.fit");

    assertThat(base.resolve("a/run.fit")).hasContent("one");
    assertThat(base.resolve("a/run-2.fit")).hasContent("two");
    assertThat(files()).containsExactly("a/run-2.fit", "a/run-3.fit", "a/run.fit");
  }

  @Test
  void aNameWithoutAnEndingIsNumberedAtItsEnd() throws Exception {
    sink.deliver(file("one"), "v1.0/run");

    assertThat(sink.deliver(file("two"), "v1.0/run")).isEqualTo("v1.0/run-2");
  }

  @Test
  void aFolderOrALinkInTheWayIsLeftAlone() throws Exception {
    Files.createDirectories(base.resolve("folder.fit"));
    Files.createSymbolicLink(base.resolve("link.fit"), folder.resolve("nowhere"));

    assertThat(sink.deliver(file("one"), "folder.fit")).isEqualTo("folder-2.fit");
    assertThat(sink.deliver(file("one"), "link.fit")).isEqualTo("link-2.fit");

    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  @Test
  void nothingLeavesTheFolder() {
    for (String path : List.of("../out.fit", "a/../../out.fit", "/tmp/out.fit", "", ".", "a/..")) {
      assertThatThrownBy(() -> sink.deliver(file("one"), path))
          .as(path)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("leads out of the sink's folder");
    }
    assertThat(base).doesNotExist();
  }

  @Test
  void whatACrashLeftBehindIsUsedAgainAndALinkThereIsNotFollowed() throws Exception {
    Path file = file("one");
    Path precious = Files.writeString(folder.resolve("precious"), "precious");
    Files.createDirectories(base);
    Files.createSymbolicLink(base.resolve(".fitroute-" + file.getFileName()), precious);

    sink.deliver(file, "1.fit");

    assertThat(precious).hasContent("precious");
    assertThat(Files.isSymbolicLink(base.resolve("1.fit"))).isFalse();
    assertThat(files()).containsExactly("1.fit");
  }

  private Exchange asked(String path, Path file, long event) throws IOException {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    String sha256 = ExportedFile.measured(file, "").sha256();
    sink.find(exchange, path, sha256, event);
    return exchange;
  }

  @Test
  void whatAnAttemptPutThereIsFoundByItsContentAlone() throws Exception {
    sink.deliver(file("somebody else's"), "a/run.fit");
    sink.deliver(file("one"), "a/run.fit");

    assertThat(asked("a/run.fit", file("one"), 7).getMessage().getHeader("file"))
        .isEqualTo("a/run-2.fit");
    assertThat(asked("a/run.fit", file("two"), 7).getMessage().getHeader("file")).isNull();
    assertThat(asked("b/run.fit", file("one"), 7).getMessage().getHeader("file")).isNull();
  }

  @Test
  void whatAnAttemptLeftUnfinishedIsRemovedAndNothingElse() throws Exception {
    Files.createDirectories(base);
    Files.writeString(base.resolve(".fitroute-7-streams.part"), "half");
    Files.writeString(base.resolve(".fitroute-77-streams.part"), "of another event");

    asked("1.fit", file("one"), 7);

    assertThat(files()).containsExactly(".fitroute-77-streams.part");
  }

  @Test
  void onlyTheVeryFileIsWithdrawn() throws Exception {
    sink.deliver(file("one"), "1.fit");
    String sha256 = ExportedFile.measured(file("one"), "").sha256();

    sink.withdraw("1.fit", ExportedFile.measured(file("two"), "").sha256());
    assertThat(files()).containsExactly("1.fit");
    sink.withdraw("1.fit", sha256);
    sink.withdraw("1.fit", sha256);

    assertThat(files()).isEmpty();
  }

  @Test
  void aFileInPlaceOfAFolderIsNamed() throws Exception {
    Files.createDirectories(base);
    Files.writeString(base.resolve("2026"), "in the way");

    assertThatThrownBy(() -> sink.deliver(file("one"), "2026/11/1.fit"))
        .isInstanceOf(IOException.class)
        .hasMessage(base.resolve("2026") + " is not a folder");
  }

  @Test
  void aFailureLeavesNothingBehind() throws Exception {
    Path missing = folder.resolve("missing.part");

    assertThatThrownBy(() -> sink.deliver(missing, "2026/1.fit")).isInstanceOf(IOException.class);

    assertThat(files()).isEmpty();
  }

  @Test
  void manyFilesForOnePathAtOnceAllArrive() throws Exception {
    int many = 40;
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<String>> deliveries = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        Path file = file("content " + i);
        deliveries.add(() -> sink.deliver(file, "same/run.fit"));
      }
      List<String> paths = new ArrayList<>();
      for (Future<String> delivery : threads.invokeAll(deliveries)) {
        paths.add(delivery.get());
      }

      assertThat(paths).doesNotHaveDuplicates();
      assertThat(paths.stream().map(path -> content(base.resolve(path))))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, many).mapToObj(i -> "content " + i).toList());
      assertThat(files()).hasSize(many);
    } finally {
      threads.shutdownNow();
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

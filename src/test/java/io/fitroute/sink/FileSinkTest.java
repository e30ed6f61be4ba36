package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.fit.Sha256;
import io.fitroute.http.ErrorMessages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.camel.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {

  private static final String SINK = "file";

  @TempDir Path folder;
  private Path base;
  private Kamelets kamelets;

  @BeforeEach
  void prepare() {
    base = folder.resolve("base");
    kamelets = new Kamelets(folder, Map.of("download.base-dir", base.toString()));
  }

  @AfterEach
  void stop() {
    kamelets.close();
  }

  private Path file(String content) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "event", ".part"), content);
  }

  private boolean isTaken(Path file, String path) throws Exception {
    return kamelets.put(SINK, file, path, Map.of()).getHeader("taken", Boolean.class);
  }

  private Message ask(String operation, String path, Path file) throws Exception {
    return kamelets.send(
        SINK,
        operation,
        null,
        Map.of("file", path, "temporary", Kamelets.temporary(path), "sha256", Sha256.of(file)));
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
    kamelets.deliver(SINK, file("one"), "2026/11/1.fit");

    assertThat(base.resolve("2026/11/1.fit")).hasContent("one");
    assertThat(files()).containsExactly("2026/11/1.fit");
  }

  @Test
  void theSameFileAgainIsSuccess() throws Exception {
    kamelets.deliver(SINK, file("one"), "1.fit");
    Object before = Files.getLastModifiedTime(base.resolve("1.fit"));

    kamelets.deliver(SINK, file("one"), "1.fit");

    assertThat(Files.getLastModifiedTime(base.resolve("1.fit"))).isEqualTo(before);
    assertThat(files()).containsExactly("1.fit");
  }

  @Test
  void anotherFileIsLeftAlone() throws Exception {
    kamelets.deliver(SINK, file("one"), "a/run.fit");

    assertThat(isTaken(file("two"), "a/run.fit")).isTrue();

    assertThat(base.resolve("a/run.fit")).hasContent("one");
    assertThat(files()).containsExactly("a/run.fit");
  }

  @Test
  void aFolderOrALinkInTheWayIsLeftAlone() throws Exception {
    Files.createDirectories(base.resolve("folder.fit"));
    Files.createSymbolicLink(base.resolve("link.fit"), folder.resolve("nowhere"));

    assertThat(isTaken(file("one"), "folder.fit")).isTrue();
    assertThat(isTaken(file("one"), "link.fit")).isTrue();

    assertThat(folder.resolve("nowhere")).doesNotExist();
    assertThat(files()).isEmpty();
  }

  @Test
  void onlyTheFileThatIsKnownIsReplaced() throws Exception {
    Path old = file("old");
    kamelets.deliver(SINK, old, "1.fit");

    Map<String, Object> another = Map.of("replaces", Sha256.of(file("another")));
    assertThat(kamelets.put(SINK, file("new"), "1.fit", another).getHeader("taken"))
        .isEqualTo(true);
    assertThat(base.resolve("1.fit")).hasContent("old");
    kamelets.put(SINK, file("new"), "1.fit", Map.of("replaces", Sha256.of(old)));

    assertThat(base.resolve("1.fit")).hasContent("new");
    assertThat(files()).containsExactly("1.fit");
  }

  @Test
  void nothingLeavesTheFolder() throws Exception {
    Path outside = Files.writeString(folder.resolve("out.fit"), "one");
    for (String path : List.of("../out.fit", "a/../../out.fit", "/tmp/out.fit", "", ".", "a/..")) {
      for (String operation : List.of("put", "stat", "get", "find", "withdraw", "purge", "move")) {
        Map<String, Object> headers =
            Map.of("file", path, "temporary", path, "to", path, "sha256", Sha256.of(outside));
        assertThatThrownBy(() -> kamelets.send(SINK, operation, outside, headers))
            .as(operation + " " + path)
            .isNotNull();
      }
    }
    assertThat(outside).hasContent("one");
    assertThat(base.toFile().list()).isNullOrEmpty();
  }

  @Test
  void whatACrashLeftBehindIsUsedAgainAndALinkThereIsNotFollowed() throws Exception {
    Path precious = Files.writeString(folder.resolve("precious"), "precious");
    Files.createDirectories(base);
    Files.createSymbolicLink(base.resolve(Kamelets.temporary("1.fit")), precious);

    kamelets.deliver(SINK, file("one"), "1.fit");

    assertThat(precious).hasContent("precious");
    assertThat(Files.isSymbolicLink(base.resolve("1.fit"))).isFalse();
    assertThat(files()).containsExactly("1.fit");
  }

  @Test
  void whatAnAttemptPutThereIsFoundByItsContentAndWhatItLeftUnfinishedIsRemoved() throws Exception {
    kamelets.deliver(SINK, file("one"), "a/run.fit");
    Files.writeString(base.resolve(Kamelets.temporary("a/run.fit")), "half");
    Files.writeString(base.resolve("a/.fitroute-77-run.fit"), "of another event");

    assertThat(ask("find", "a/run.fit", file("one")).getHeader("found")).isEqualTo(true);
    assertThat(ask("find", "a/run.fit", file("two")).getHeader("found")).isEqualTo(false);
    assertThat(ask("find", "b/run.fit", file("one")).getHeader("found")).isEqualTo(false);

    assertThat(files()).containsExactly("a/.fitroute-77-run.fit", "a/run.fit");
  }

  @Test
  void onlyTheVeryFileIsWithdrawnOrPurged() throws Exception {
    for (String operation : List.of("withdraw", "purge")) {
      kamelets.deliver(SINK, file("one"), "1.fit");

      assertThat(ask(operation, "1.fit", file("two")).getHeader("mismatch")).isEqualTo(true);
      assertThat(files()).containsExactly("1.fit");
      assertThat(ask(operation, "1.fit", file("one")).getHeader("mismatch")).isEqualTo(false);
      assertThat(ask(operation, "1.fit", file("one")).getHeader("mismatch")).isEqualTo(false);

      assertThat(files()).isEmpty();
    }
  }

  @Test
  void aFileIsMovedUnlessThePathIsTaken() throws Exception {
    Path one = file("one");
    kamelets.deliver(SINK, one, "a/1.fit");
    kamelets.deliver(SINK, file("two"), "b/2.fit");

    assertThat(move("a/1.fit", "b/2.fit", one).getHeader("taken")).isEqualTo(true);
    assertThat(move("a/1.fit", "trash/a/1.fit", one).getHeader("taken")).isEqualTo(false);
    assertThat(move("a/1.fit", "trash/a/1.fit", one).getHeader("mismatch")).isEqualTo(false);

    assertThat(files()).containsExactly("b/2.fit", "trash/a/1.fit");
    assertThat(base.resolve("b/2.fit")).hasContent("two");
  }

  private Message move(String from, String to, Path file) throws Exception {
    return kamelets.send(
        SINK, "move", null, Map.of("file", from, "to", to, "sha256", Sha256.of(file)));
  }

  @Test
  void whatIsThereCanBeLookedAtAndRead() throws Exception {
    Path file = file("one");
    kamelets.deliver(SINK, file, "1.fit");

    Message answer = kamelets.send(SINK, "stat", null, Map.of("file", "1.fit"));

    assertThat(answer.getHeader("size")).isEqualTo(3L);
    assertThat(answer.getHeader("sha256")).isEqualTo(Sha256.of(file));
    try (InputStream content =
        kamelets.send(SINK, "get", null, Map.of("file", "1.fit")).getBody(InputStream.class)) {
      assertThat(content).hasContent("one");
    }
    assertThat(kamelets.send(SINK, "stat", null, Map.of("file", "2.fit")).getHeader("size"))
        .isEqualTo(-1L);
  }

  @Test
  void aFileInPlaceOfAFolderIsNamed() throws Exception {
    Files.createDirectories(base);
    Files.writeString(base.resolve("2026"), "in the way");

    assertThatThrownBy(() -> kamelets.deliver(SINK, file("one"), "2026/11/1.fit"))
        .satisfies(
            failure ->
                assertThat(ErrorMessages.of(failure)).contains(base.resolve("2026").toString()));
  }

  @Test
  void manyFilesForOnePathAtOnceLeaveOneWholeFile() throws Exception {
    int many = 40;
    kamelets.deliver(SINK, file("before"), "before.fit");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> deliveries = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        Path file = file("content " + i);
        Map<String, Object> headers =
            Map.of(
                "file",
                "same/run.fit",
                "temporary",
                "same/.fitroute-" + i,
                "sha256",
                Sha256.of(file));
        deliveries.add(
            () -> kamelets.send(SINK, "put", file, headers).getHeader("taken", Boolean.class));
      }
      int taken = 0;
      for (Future<Boolean> delivery : threads.invokeAll(deliveries)) {
        taken += delivery.get() ? 1 : 0;
      }

      assertThat(taken).isEqualTo(many - 1);
      assertThat(files()).containsExactly("before.fit", "same/run.fit");
    } finally {
      threads.shutdownNow();
    }
  }
}

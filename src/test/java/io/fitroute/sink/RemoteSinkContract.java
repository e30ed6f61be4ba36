package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fitroute.fit.Sha256;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;

/** The additional requirements for sinks that are folders on another machine. */
abstract class RemoteSinkContract extends SinkContract {

  @Test
  void theSameFileAgainIsNotSent() throws Exception {
    Path file = file(100_000);
    kamelets().deliver(sink(), file, PATH);
    long sent = storage().wire().sent();

    kamelets().deliver(sink(), file, PATH);

    assertThat(storage().wire().sent() - sent).isLessThan(50_000);
  }

  @Test
  void anotherFileThatIsThereAlreadyStays() throws Exception {
    byte[] there = Files.readAllBytes(file(1_000));
    storage().put(PATH, there);

    Message answer = kamelets().put(sink(), file(1_000), PATH, Map.of());

    assertThat(answer.getHeader("taken")).isEqualTo(true);
    assertThat(storage().files()).containsOnlyKeys(PATH);
    assertThat(storage().files().get(PATH)).isEqualTo(there);
  }

  @Test
  void onlyTheFileThatIsKnownIsReplaced() throws Exception {
    Path old = file(1_000);
    storage().put(PATH, Files.readAllBytes(old));
    Path file = file(1_000);

    Map<String, Object> another = Map.of("replaces", Sha256.of(file(1_000)));
    assertThat(kamelets().put(sink(), file, PATH, another).getHeader("taken")).isEqualTo(true);
    assertThat(storage().files().get(PATH)).isEqualTo(Files.readAllBytes(old));

    kamelets().put(sink(), file, PATH, Map.of("replaces", Sha256.of(old)));
    assertThat(storage().files()).containsOnlyKeys(PATH);
    assertThat(storage().files().get(PATH)).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void namesMayHoldAnything() throws Exception {
    Path file = file(500);

    String path = kamelets().deliver(sink(), file, "2026/Läufe & mehr/100% #1 + a b.fit");

    assertThat(storage().files()).containsOnlyKeys(path);
  }

  @Test
  void whatIsThereCanBeLookedAtReadAndRemoved() throws Exception {
    Path file = file(70_000);
    kamelets().deliver(sink(), file, PATH);

    try (InputStream content = read(PATH)) {
      assertThat(content).hasBinaryContent(Files.readAllBytes(file));
    }
    assertThat(size(PATH)).isEqualTo(70_000);
    ask("purge", PATH, Sha256.of(file));
    assertThat(storage().files()).isEmpty();
    assertThat(size(PATH)).isEqualTo(-1);
    assertThat(size("2030/01/1.fit")).isEqualTo(-1);
    assertThat(mismatch(ask("purge", PATH, Sha256.of(file)))).isFalse();
  }

  @Test
  void whatAnAttemptThatDiedHasPutThereIsFoundAndWithdrawn() throws Exception {
    Path file = file(5_000);
    String sum = Sha256.of(file);
    kamelets().deliver(sink(), file, PATH);

    assertThat(found(PATH, sum)).isTrue();
    assertThat(found(PATH, "00")).isFalse();
    ask("withdraw", PATH, sum);
    assertThat(storage().files()).isEmpty();
    assertThat(found(PATH, sum)).isFalse();
  }

  @Test
  void whatAnAttemptThatDiedHasSentWholeIsPutInPlaceAndTheRestRemoved() throws Exception {
    Path file = file(5_000);
    storage().put(Kamelets.temporary(PATH), Files.readAllBytes(file));
    storage().put(Kamelets.temporary(PATH) + ".old", new byte[] {1});

    assertThat(found(PATH, Sha256.of(file))).isTrue();
    assertThat(storage().files()).containsOnlyKeys(PATH);

    storage().put(Kamelets.temporary("2.fit"), new byte[] {1});
    assertThat(found("2.fit", Sha256.of(file))).isFalse();
    assertThat(storage().files()).containsOnlyKeys(PATH);
  }

  @Test
  void aFileOfAnotherContentIsNeverRemovedNorMoved() throws Exception {
    byte[] stranger = {1, 2, 3};
    storage().put(PATH, stranger);
    String sum = Sha256.of(file(3));

    for (String operation : List.of("purge", "withdraw", "trash", "move")) {
      Message answer =
          kamelets()
              .send(
                  sink(), operation, "", Map.of("file", PATH, "to", "trash/1.fit", "sha256", sum));
      assertThat(mismatch(answer)).as(operation).isTrue();
    }

    assertThat(storage().files()).containsOnlyKeys(PATH);
    assertThat(storage().files().get(PATH)).isEqualTo(stranger);
  }

  @Test
  void aFileIsMovedToAnotherNameUnlessThatIsTaken() throws Exception {
    Path file = file(5_000);
    String to = "2026/Läufe & mehr/100% #1 + a b.fit";
    kamelets().deliver(sink(), file, PATH);

    move("move", PATH, to, file);
    move("move", PATH, to, file); // repeated after a crash

    assertThat(storage().files()).containsOnlyKeys(to);
    assertThat(storage().files().get(to)).isEqualTo(Files.readAllBytes(file));
    storage().put(PATH, new byte[] {1});
    assertThat(move("trash", to, PATH, file).getHeader("taken")).isEqualTo(true);
    assertThat(storage().files()).containsOnlyKeys(to, PATH);
    storage().put(PATH, Files.readAllBytes(file)); // half moved by a dead attempt
    move("trash", to, PATH, file);
    assertThat(storage().files()).containsOnlyKeys(PATH);
  }

  @Test
  void whatThereIsNotCannotBeAskedFor() {
    assertThat(reason(() -> kamelets().send(sink(), "fetch", "", Map.of("file", PATH))))
        .contains("there is no operation fetch");
  }

  /** Makes files arrive slowly from now on. */
  void slowFiles() throws Exception {
    storage().wire().dripAfter(30_000);
  }

  @Test
  void aFileThatDripsHoldsNobodyForLong() throws Exception {
    Map<String, String> settings = new HashMap<>(storage().settings());
    settings.put("sink.timeout", "1s");
    try (Kamelets impatient = new Kamelets(folder(), settings)) {
      Path file = file(200_000);
      impatient.deliver(sink(), file, PATH);
      slowFiles();
      Instant start = Instant.now();

      String reason =
          reason(
              () -> {
                try (InputStream content =
                    impatient
                        .send(sink(), "get", "", Map.of("file", PATH))
                        .getBody(InputStream.class)) {
                  content.readAllBytes();
                }
              });

      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(8));
      assertThat(reason).contains("the answer was not complete after");
    }
  }

  @Test
  void noMoreOfAFileIsReadThanAFileOfOursMayHave() throws Exception {
    storage().put(PATH, new byte[200_000]);
    Map<String, String> settings = new HashMap<>(storage().settings());
    settings.put("export.max-size", "100KB");
    try (Kamelets kamelets = new Kamelets(folder(), settings)) {
      String reason =
          reason(
              () -> {
                try (InputStream content =
                    kamelets
                        .send(sink(), "get", "", Map.of("file", PATH))
                        .getBody(InputStream.class)) {
                  content.readAllBytes();
                }
              });
      long received = storage().wire().received();

      Message answer = kamelets.put(sink(), file(1_000), PATH, Map.of());

      assertThat(reason).contains("more than 102400 bytes");
      assertThat(answer.getHeader("taken")).isEqualTo(true);
      assertThat(storage().wire().received() - received).isLessThan(100_000);
    }
  }

  private Message move(String operation, String from, String to, Path file) throws Exception {
    return kamelets()
        .send(sink(), operation, "", Map.of("file", from, "to", to, "sha256", Sha256.of(file)));
  }

  private Message ask(String operation, String path, String sum) throws Exception {
    return kamelets()
        .send(
            sink(),
            operation,
            "",
            Map.of("file", path, "temporary", Kamelets.temporary(path), "sha256", sum));
  }

  private static boolean mismatch(Message answer) {
    return answer.getHeader("mismatch", false, Boolean.class);
  }

  private InputStream read(String path) throws Exception {
    return kamelets().send(sink(), "get", "", Map.of("file", path)).getBody(InputStream.class);
  }

  private boolean found(String path, String sum) throws Exception {
    return ask("find", path, sum).getHeader("found", Boolean.class);
  }

  private long size(String path) throws Exception {
    return kamelets().send(sink(), "stat", "", Map.of("file", path)).getHeader("size", Long.class);
  }

  @Override
  void askEverythingOf(Kamelets kamelets, String sink, String path, Path file) throws Exception {
    super.askEverythingOf(kamelets, sink, path, file);
    String sum = Sha256.of(file);
    Map<String, Object> headers =
        Map.of(
            "file", path, "temporary", Kamelets.temporary(path), "to", "moved.fit", "sha256", sum);
    assertThat(kamelets.send(sink, "find", null, headers).getHeader("found")).isEqualTo(true);
    try (InputStream content =
        kamelets.send(sink, "get", null, headers).getBody(InputStream.class)) {
      assertThat(content).hasBinaryContent(Files.readAllBytes(file));
    }
    kamelets.send(sink, "move", null, headers);
    assertThat(storage().files()).containsOnlyKeys("moved.fit");
    kamelets.send(
        sink, "trash", null, Map.of("file", "moved.fit", "to", "trash/1.fit", "sha256", sum));
    assertThat(storage().files()).containsOnlyKeys("trash/1.fit");
    kamelets.send(sink, "purge", null, Map.of("file", "trash/1.fit", "sha256", sum));
    assertThat(storage().files()).isEmpty();
  }

  @Test
  void aRefusedRenameLosesNoFile() throws Exception {
    assumeTrue(storage() instanceof FolderStorage);
    FolderStorage server = (FolderStorage) storage();
    Path old = file(1_000);
    kamelets().deliver(sink(), old, PATH);
    for (FolderStorage.Refusal refusal :
        List.of(FolderStorage.Refusal.BUSY, FolderStorage.Refusal.NEVER)) {
      server.refuseRenames(refusal);
      Path file = file(1_000);
      Path known = old;

      Map<String, Object> replaces = Map.of("replaces", Sha256.of(known));
      assertThat(reason(() -> kamelets().put(sink(), file, PATH, replaces))).isNotBlank();
      assertThat(reason(() -> kamelets().put(sink(), file, "new.fit", Map.of()))).isNotBlank();
      assertThat(reason(() -> move("move", PATH, "moved.fit", known))).isNotBlank();
      assertThat(reason(() -> move("trash", PATH, "trash/1.fit", known))).isNotBlank();

      assertThat(server.files().get(PATH)).as("%s", refusal).isEqualTo(Files.readAllBytes(known));
      assertThat(server.files()).doesNotContainKeys("new.fit", "moved.fit", "trash/1.fit");
      server.refuseRenames(FolderStorage.Refusal.NONE);
      kamelets().put(sink(), file, PATH, replaces);
      assertThat(server.files()).containsOnlyKeys(PATH);
      assertThat(server.files().get(PATH)).isEqualTo(Files.readAllBytes(file));
      old = file;
    }
  }

  @Test
  void aRefusedRemovalIsNoSuccess() throws Exception {
    assumeTrue(storage() instanceof FolderStorage);
    FolderStorage server = (FolderStorage) storage();
    Path file = file(1_000);
    kamelets().deliver(sink(), file, PATH);
    server.refuseRemovals(true);

    for (String operation : List.of("purge", "withdraw")) {
      assertThat(reason(() -> ask(operation, PATH, Sha256.of(file)))).contains(Wire.HOST);
    }

    assertThat(server.files()).containsOnlyKeys(PATH);
    server.refuseRemovals(false);
    ask("purge", PATH, Sha256.of(file));
    assertThat(server.files()).isEmpty();
  }

  @Test
  void whatSomebodyHasRemovedNeedsNoTrashButIsNotMoved() throws Exception {
    Path file = file(10);

    assertThat(mismatch(move("trash", PATH, "trash/1.fit", file))).isFalse();
    assertThat(mismatch(move("move", PATH, "moved.fit", file))).isTrue();
  }

  /** The connection is cut after more and more bytes, which never costs a file. */
  @Test
  void aReplacementThatIsCutAnywhereLeavesTheOldFileOrTheNewOne() throws Exception {
    Path old = file(3_000);
    kamelets().deliver(sink(), old, PATH);
    long before = storage().wire().sent();
    Path file = file(3_000);
    kamelets().put(sink(), file, PATH, Map.of("replaces", Sha256.of(old)));
    long whole = storage().wire().sent() - before;
    for (int part = 1; part <= 12; part++) {
      Path other = file(3_000);
      Path known = file;
      Map<String, Object> replaces = Map.of("replaces", Sha256.of(known));
      storage().wire().cutAfter(whole * part / 12 - 1);
      try {
        kamelets().put(sink(), other, PATH, replaces);
      } catch (Exception cut) {
        // expected
      }
      storage().wire().cutAfter(Long.MAX_VALUE);

      List<byte[]> left =
          List.of(PATH, Kamelets.temporary(PATH)).stream()
              .filter(storage().files()::containsKey)
              .map(path -> filesOfServer().get(path))
              .toList();
      assertThat(left)
          .as("after part %s", part)
          .anyMatch(content -> isContent(content, known) || isContent(content, other));
      if (!found(PATH, Sha256.of(other))) {
        kamelets().put(sink(), other, PATH, replaces);
      }
      assertThat(storage().files()).containsOnlyKeys(PATH);
      assertThat(storage().files().get(PATH)).isEqualTo(Files.readAllBytes(other));
      file = other;
    }
  }

  private Map<String, byte[]> filesOfServer() {
    try {
      return storage().files();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean isContent(byte[] content, Path file) {
    try {
      return java.util.Arrays.equals(content, Files.readAllBytes(file));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

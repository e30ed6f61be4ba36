package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.fitroute.fit.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every sink promises besides that is a folder on another machine. */
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
    Path file = file(1_000);

    String path = kamelets().deliver(sink(), file, PATH);

    assertThat(path).isEqualTo("2026/11/123-2.fit");
    assertThat(storage().files().get(PATH)).isEqualTo(there);
    assertThat(storage().files().get(path)).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void aFileThatIsToBeReplacedIsReplaced() throws Exception {
    storage().put(PATH, new byte[] {1, 2, 3});
    Path file = file(1_000);

    kamelets().send(sink() + "-sink", file, Map.of("file", PATH, "replace", true));

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
  void whatIsThereCanBeLookedAtFetchedAndRemoved() throws Exception {
    Path file = file(70_000);
    kamelets().deliver(sink(), file, PATH);
    Path copy = folder().resolve("copy");

    kamelets().send(sink() + "-fetch", "", Map.of("file", PATH, "into", copy));

    assertThat(copy).hasSameBinaryContentAs(file);
    assertThat(size(PATH)).isEqualTo(70_000);
    kamelets().send(sink() + "-purge", "", Map.of("file", PATH));
    assertThat(storage().files()).isEmpty();
    assertThat(size(PATH)).isEqualTo(-1);
    assertThat(size("2030/01/1.fit")).isEqualTo(-1);
    kamelets().send(sink() + "-purge", "", Map.of("file", PATH));
  }

  @Test
  void whatAnAttemptThatDiedHasPutThereIsFoundAndWithdrawn() throws Exception {
    Path file = file(5_000);
    String sum = Sha256.of(file);
    storage().put(PATH, new byte[] {1});
    String path = kamelets().deliver(sink(), file, PATH);

    assertThat(found(PATH, sum)).isEqualTo(path);
    assertThat(found(PATH, "00")).isNull();
    kamelets().send(sink() + "-withdraw", "", Map.of("file", PATH, "sha256", sum));
    kamelets().send(sink() + "-withdraw", "", Map.of("file", path, "sha256", sum));
    assertThat(storage().files()).containsOnlyKeys(PATH);
    assertThat(found(PATH, sum)).isNull();
  }

  @Test
  void aFileGoesIntoTheTrashWhereItKeepsItsPath() throws Exception {
    Path file = file(5_000);
    kamelets().deliver(sink(), file, PATH);
    storage().put("trash/" + PATH, new byte[] {1});

    kamelets().send(sink() + "-trash", "", Map.of("file", PATH));
    kamelets().send(sink() + "-trash", "", Map.of("file", PATH));

    assertThat(storage().files()).containsOnlyKeys("trash/" + PATH);
    assertThat(storage().files().get("trash/" + PATH)).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void aFileIsMovedToAnotherNameUnlessThatIsTaken() throws Exception {
    Path file = file(5_000);
    String to = "2026/Läufe & mehr/100% #1 + a b.fit";
    kamelets().deliver(sink(), file, PATH);

    assertThat(moved(PATH, to)).isEqualTo(to);
    assertThat(moved(PATH, to)).as("once more, after a crash").isEqualTo(to);

    assertThat(storage().files()).containsOnlyKeys(to);
    assertThat(storage().files().get(to)).isEqualTo(Files.readAllBytes(file));
    storage().put(PATH, new byte[] {1});
    assertThat(moved(to, PATH)).isEqualTo(to);
    assertThat(storage().files()).containsOnlyKeys(to, PATH);
    storage().put(PATH, Files.readAllBytes(file));
    assertThat(moved(to, PATH)).as("half moved by an attempt that died").isEqualTo(PATH);
    assertThat(storage().files()).containsOnlyKeys(PATH);
  }

  private Object moved(String from, String to) throws Exception {
    return kamelets().send(sink() + "-move", "", Map.of("file", from, "to", to)).getHeader("to");
  }

  private Object found(String path, String sum) throws Exception {
    return kamelets()
        .send(sink() + "-find", "", Map.of("file", path, "sha256", sum, "event", 7))
        .getHeader("file");
  }

  private long size(String path) throws Exception {
    return kamelets()
        .send(sink() + "-look", "", Map.of("file", path))
        .getHeader("size", Long.class);
  }
}

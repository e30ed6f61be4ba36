package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.service.Sentences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every sink on another machine promises, tried with a real server. */
abstract class RemoteSinkContract {

  /** Whatever is special somewhere: in YAML, in Camel's addresses and languages, in URLs. */
  static final String PASSWORD = "#p&s's\",)%+=/ä?";

  private static final String PATH = "2026/11/123.fit";

  @TempDir Path folder;
  private final Random random = new Random(7);
  private Storage storage;
  private Kamelets kamelets;

  /** The name of the sink. */
  abstract String sink();

  abstract Storage start(Path root) throws Exception;

  @BeforeEach
  void prepare() throws Exception {
    storage = start(Files.createDirectories(folder.resolve("server")));
    kamelets = new Kamelets(folder, storage.settings());
  }

  @AfterEach
  void clear() throws Exception {
    kamelets.close();
    storage.close();
  }

  private Path file(int size) throws IOException {
    byte[] content = new byte[size];
    random.nextBytes(content);
    return Files.write(Files.createTempFile(folder, "event", ".part"), content);
  }

  private static String reason(ThrowingCallable attempt) {
    try {
      attempt.call();
    } catch (Throwable failure) {
      return Sentences.of(failure);
    }
    throw new AssertionError("nothing went wrong");
  }

  @Test
  void aFileArrivesWholeAndAlone() throws Exception {
    Path file = file(300_000);

    String path = kamelets.deliver(sink(), file, PATH);

    assertThat(path).isEqualTo(PATH);
    assertThat(storage.files()).containsOnlyKeys(PATH);
    assertThat(storage.files().get(PATH)).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void theSameFileAgainIsSuccessAndIsNotSent() throws Exception {
    Path file = file(100_000);
    kamelets.deliver(sink(), file, PATH);
    long sent = storage.wire().sent();

    assertThat(kamelets.deliver(sink(), file, PATH)).isEqualTo(PATH);

    assertThat(storage.files()).containsOnlyKeys(PATH);
    assertThat(storage.wire().sent() - sent).isLessThan(50_000);
  }

  @Test
  void anotherFileThatIsThereAlreadyStays() throws Exception {
    byte[] there = Files.readAllBytes(file(1_000));
    storage.put(PATH, there);
    Path file = file(1_000);

    String path = kamelets.deliver(sink(), file, PATH);

    assertThat(path).isEqualTo("2026/11/123-2.fit");
    assertThat(storage.files().get(PATH)).isEqualTo(there);
    assertThat(storage.files().get(path)).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void aFileThatIsToBeReplacedIsReplaced() throws Exception {
    storage.put(PATH, new byte[] {1, 2, 3});
    Path file = file(1_000);

    kamelets.send(sink() + "-sink", file, Map.of("file", PATH, "replace", true));

    assertThat(storage.files()).containsOnlyKeys(PATH);
    assertThat(storage.files().get(PATH)).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void namesMayHoldAnything() throws Exception {
    Path file = file(500);

    String path = kamelets.deliver(sink(), file, "2026/Läufe & mehr/100% #1 + a b.fit");

    assertThat(storage.files()).containsOnlyKeys(path);
  }

  @Test
  void whatIsThereCanBeLookedAtFetchedAndRemoved() throws Exception {
    Path file = file(70_000);
    kamelets.deliver(sink(), file, PATH);
    Path copy = folder.resolve("copy");

    kamelets.send(sink() + "-fetch", "", Map.of("file", PATH, "into", copy));

    assertThat(copy).hasSameBinaryContentAs(file);
    assertThat(size(PATH)).isEqualTo(70_000);
    kamelets.send(sink() + "-purge", "", Map.of("file", PATH));
    assertThat(storage.files()).isEmpty();
    assertThat(size(PATH)).isEqualTo(-1);
    assertThat(size("2030/01/1.fit")).isEqualTo(-1);
    kamelets.send(sink() + "-purge", "", Map.of("file", PATH));
  }

  @Test
  void whatAnAttemptThatDiedHasPutThereIsFoundAndWithdrawn() throws Exception {
    Path file = file(5_000);
    String sum = Sha256.of(file);
    storage.put(PATH, new byte[] {1});
    String path = kamelets.deliver(sink(), file, PATH);

    assertThat(found(PATH, sum)).isEqualTo(path);
    assertThat(found(PATH, "00")).isNull();
    kamelets.send(sink() + "-withdraw", "", Map.of("file", PATH, "sha256", sum));
    kamelets.send(sink() + "-withdraw", "", Map.of("file", path, "sha256", sum));
    assertThat(storage.files()).containsOnlyKeys(PATH);
    assertThat(found(PATH, sum)).isNull();
  }

  private Object found(String path, String sum) throws Exception {
    return kamelets
        .send(sink() + "-find", "", Map.of("file", path, "sha256", sum, "event", 7))
        .getHeader("file");
  }

  private long size(String path) throws Exception {
    return kamelets.send(sink() + "-look", "", Map.of("file", path)).getHeader("size", Long.class);
  }

  @Test
  void whoIsNotLetInIsToldSoWithoutThePassword() throws Exception {
    Map<String, String> settings = new HashMap<>(storage.settings());
    settings.putAll(storage.wrongCredentials());
    Path file = file(10);
    try (Kamelets strangers = new Kamelets(folder, settings)) {
      String reason = reason(() -> strangers.deliver(sink(), file, PATH));

      assertThat(reason).contains(Wire.HOST).doesNotContain("wrong-word");
    }
    assertThat(storage.files()).isEmpty();
  }

  @Test
  void aConnectionThatIsCutLeavesNothingUnderTheName() throws Exception {
    Path file = file(400_000);
    storage.wire().cutAfter(150_000);

    String reason = reason(() -> kamelets.deliver(sink(), file, PATH));

    assertThat(reason).isNotBlank().doesNotContain(PASSWORD);
    assertThat(storage.files()).doesNotContainKey(PATH);
    assertThat(kamelets.deliver(sink(), file, PATH)).isEqualTo(PATH);
    assertThat(storage.files()).containsOnlyKeys(PATH);
    assertThat(storage.files().get(PATH)).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void aServerThatIsFullIsNamed() throws Exception {
    Path file = file(100_000);
    storage.full(true);

    String reason = reason(() -> kamelets.deliver(sink(), file, PATH));

    assertThat(reason).contains(Wire.HOST);
    assertThat(storage.files()).doesNotContainKey(PATH);
    storage.full(false);
    kamelets.deliver(sink(), file, PATH);
    assertThat(storage.files()).containsOnlyKeys(PATH);
  }

  @Test
  void aServerMayBeAwayAndComeBack() throws Exception {
    Path file = file(1_000);
    kamelets.deliver(sink(), file, "before.fit");
    storage.wire().takeAway();

    assertThatThrownBy(() -> kamelets.deliver(sink(), file, PATH)).isNotNull();

    storage.wire().bringBack();
    kamelets.deliver(sink(), file, PATH);
    assertThat(storage.files()).containsOnlyKeys(PATH, "before.fit");
  }
}

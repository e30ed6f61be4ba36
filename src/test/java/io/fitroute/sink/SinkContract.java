package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.http.ErrorMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requirements for every sink on another machine, tested with a real server. */
abstract class SinkContract {

  /**
   * Contains every character with a special meaning in YAML, in Camel's addresses and languages, or
   * in URLs.
   */
  static final String PASSWORD = "#p&s's\",)%+=/ä?";

  static final String PATH = "2026/11/123.fit";

  @TempDir private Path folder;
  private final Random random = new Random(7);
  private Storage storage;
  private Kamelets kamelets;

  /** The name of the sink. */
  abstract String sink();

  abstract Storage start(Path root) throws Exception;

  /** The place of the first file delivered to {@link #PATH}. */
  String place() {
    return PATH;
  }

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

  final Path folder() {
    return folder;
  }

  final Storage storage() {
    return storage;
  }

  final Kamelets kamelets() {
    return kamelets;
  }

  final Path file(int size) throws IOException {
    byte[] content = new byte[size];
    random.nextBytes(content);
    return Files.write(Files.createTempFile(folder, "event", ".part"), content);
  }

  static String reason(ThrowingCallable attempt) {
    try {
      attempt.call();
    } catch (Throwable failure) {
      return ErrorMessages.of(failure);
    }
    throw new AssertionError("nothing went wrong");
  }

  @Test
  void aFileArrivesWholeAndAlone() throws Exception {
    Path file = file(300_000);

    String path = kamelets.deliver(sink(), file, PATH);

    assertThat(path).isEqualTo(place());
    assertThat(storage.files()).containsOnlyKeys(place());
    assertThat(storage.files().get(place())).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void theSameFileAgainIsSuccess() throws Exception {
    Path file = file(100_000);
    kamelets.deliver(sink(), file, PATH);

    assertThat(kamelets.deliver(sink(), file, PATH)).isEqualTo(place());

    assertThat(storage.files()).containsOnlyKeys(place());
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
    assertThat(storage.files()).doesNotContainKey(place());
    assertThat(kamelets.deliver(sink(), file, PATH)).isEqualTo(place());
    assertThat(storage.files()).containsOnlyKeys(place());
    assertThat(storage.files().get(place())).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void aServerThatIsFullIsNamed() throws Exception {
    Path file = file(100_000);
    storage.full(true);

    String reason = reason(() -> kamelets.deliver(sink(), file, PATH));

    assertThat(reason).contains(Wire.HOST);
    assertThat(storage.files()).doesNotContainKey(place());
    storage.full(false);
    kamelets.deliver(sink(), file, PATH);
    assertThat(storage.files()).containsOnlyKeys(place());
  }

  @Test
  void aServerMayBeAwayAndComeBack() throws Exception {
    Path file = file(1_000);
    Path other = file(1_000);
    kamelets.deliver(sink(), other, "before.fit");
    storage.wire().takeAway();

    assertThatThrownBy(() -> kamelets.deliver(sink(), file, PATH)).isNotNull();

    storage.wire().bringBack();
    String path = kamelets.deliver(sink(), file, PATH);
    assertThat(storage.files()).hasSize(2).containsKey(path);
    assertThat(storage.files().get(path)).isEqualTo(Files.readAllBytes(file));
  }

  /**
   * The server starts to drip after more and more of its responses: at the login, before the file,
   * after it.
   */
  @Test
  void aServerThatDripsHoldsNobodyForLong() throws Exception {
    Map<String, String> settings = new HashMap<>(storage.settings());
    settings.put("sink.timeout", "1s");
    try (Kamelets impatient = new Kamelets(folder, settings)) {
      impatient.deliver(sink(), file(20_000), "warm.fit");
      long before = storage.wire().received();
      impatient.deliver(sink(), file(20_000), "before.fit");
      long answers = storage.wire().received() - before;
      for (int part = 0; part < 4; part++) {
        Path file = file(20_000);
        String path = part + ".fit";
        storage.wire().dripAfter(answers * part / 4);
        Instant start = Instant.now();
        try {
          impatient.deliver(sink(), file, path);
          assertThat(part).as("the part that came at once").isPositive();
        } catch (Exception late) {
          assertThat(ErrorMessages.of(late))
              .containsPattern("the answer was not complete after|no answer within");
        }
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(8));
        storage.wire().dripAfter(Long.MAX_VALUE);

        assertThat(impatient.deliver(sink(), file, path)).isNotEmpty();
      }
    }
  }

  /** The settings of a storage for a sink of another name. */
  final Map<String, String> as(String name, Map<String, String> settings) {
    Map<String, String> own = new HashMap<>();
    settings.forEach(
        (setting, value) ->
            own.put(setting.replaceFirst("^" + sink() + "[.]", "sink." + name + "."), value));
    own.put("sink." + name + ".type", sink());
    return own;
  }

  @Test
  void aSecondServerHasFilesOfItsOwn() throws Exception {
    try (Storage first = start(Files.createDirectories(folder.resolve("first/server")))) {
      Map<String, String> settings = new HashMap<>(first.settings());
      settings.putAll(as("second", storage.settings()));
      try (Kamelets two = new Kamelets(folder, settings)) {
        Path here = file(1_000);
        two.deliver(sink(), here, "1.fit");
        first.wire().takeAway();
        Path there = file(1_000);

        String path = two.deliver("second", there, PATH);
        askEverythingOf(two, "second", path, there);

        assertThat(first.files()).hasSize(1);
        assertThat(first.files().values().iterator().next()).isEqualTo(Files.readAllBytes(here));
      }
    }
  }

  /** Calls a sink with all its operations; the last one removes the file. */
  void askEverythingOf(Kamelets kamelets, String sink, String path, Path file) throws Exception {
    kamelets.send(sink, "stat", null, Map.of("file", path));
    assertThat(storage.files().get(path)).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void aSecondServerIsNotOfferedThePasswordOfTheFirst() throws Exception {
    Map<String, String> settings = new HashMap<>(storage.settings());
    settings.putAll(as("second", storage.settings()));
    as("second", storage.wrongCredentials()).keySet().stream()
        .filter(name -> !name.endsWith(".type"))
        .forEach(settings::remove);
    Path file = file(10);

    String reason =
        reason(
            () -> {
              try (Kamelets two = new Kamelets(folder, settings)) {
                two.deliver("second", file, PATH);
              }
            });

    assertThat(reason).isNotBlank();
    assertThat(storage.files()).isEmpty();
  }
}

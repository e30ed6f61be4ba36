package io.fitroute.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.ledger.Ledger;
import io.fitroute.system.SystemServices;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in the ledger, with the right key, a wrong one, and several in sequence. */
class VaultTest {

  private static final String ONE =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  private static final String OTHER = "f".repeat(64);
  private static final SealedColumn ACCESS = new SealedColumn("athlete", "id", "access_token");
  private static final SealedColumn REFRESH = new SealedColumn("athlete", "id", "refresh_token");
  private static final List<SealedColumn> BOTH = List.of(ACCESS, REFRESH);

  private static final Charset UTF = StandardCharsets.UTF_8;

  private final Clock clock = Clock.systemUTC();
  private Path folder;
  private Ledger ledger;

  @BeforeEach
  @BeforeProperty
  void open() throws IOException {
    folder = Files.createTempDirectory("fitroute-vault");
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("fitroute.db"), "", "");
  }

  @AfterEach
  @AfterProperty
  void close() throws IOException {
    ledger.close();
    try (var all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private Path file() {
    return folder.resolve("data.key");
  }

  private KeyRing ring(String given, String previous) {
    return KeyRing.of(
        Optional.of(given).filter(key -> !key.isEmpty()),
        Optional.of(previous).filter(key -> !key.isEmpty()),
        file(),
        SystemServices.with(clock));
  }

  private KeyRing ring() {
    return ring("", "");
  }

  private Vault vault(KeyRing ring) {
    return Vault.open(ledger, ring, SystemServices.with(clock));
  }

  private String seal(Vault vault, String secret, String owner) {
    return ledger.write(jdbc -> vault.sealer(jdbc).seal(secret, owner));
  }

  private void store(Vault vault, String id, String secret) {
    ledger.write(
        jdbc -> {
          Vault.Sealer sealer = vault.sealer(jdbc);
          return jdbc.sql(
                  "insert into athlete (id, name, access_token, refresh_token, expires_at, scope,"
                      + " state, updated_at) values (?, '', ?, ?, 0, '', 'connected', 0)"
                      + " on conflict (id) do update set access_token = excluded.access_token,"
                      + " refresh_token = excluded.refresh_token")
              .params(
                  id, sealer.seal(secret, ACCESS.owner(id)), sealer.seal(secret, REFRESH.owner(id)))
              .update();
        });
  }

  private String stored(SealedColumn column, String id) {
    return ledger
        .read()
        .sql("select " + column.column() + " from athlete where id = ?")
        .param(id)
        .query(String.class)
        .single();
  }

  private String read(Vault vault, String id) {
    assertThat(vault.open(stored(ACCESS, id), ACCESS.owner(id)))
        .isEqualTo(vault.open(stored(REFRESH, id), REFRESH.owner(id)));
    return vault.open(stored(ACCESS, id), ACCESS.owner(id));
  }

  @Property(tries = 100)
  void whatIsEncryptedComesBackForItsOwnerAlone(
      @ForAll @NotEmpty String secret, @ForAll String owner, @ForAll int place) {
    Vault vault = vault(ring());
    String hidden = seal(vault, secret, owner);

    assertThat(vault.open(hidden, owner)).isEqualTo(new String(secret.getBytes(UTF), UTF));
    assertThat(seal(vault, secret, owner)).isNotEqualTo(hidden);
    assertThatThrownBy(() -> vault.open(hidden, owner + "2")).isInstanceOf(UnreadableSecret.class);
    String data = hidden.substring(hidden.lastIndexOf('.') + 1);
    byte[] bytes = Base64.getUrlDecoder().decode(data);
    bytes[Math.floorMod(place, bytes.length)] ^= 4;
    String damaged =
        hidden.replace(data, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    assertThatThrownBy(() -> vault.open(damaged, owner)).isInstanceOf(UnreadableSecret.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "v1.", "v1..", "v1.aaaaaaaa.", "v1.aaaaaaaa.!!", "v2.a.b"})
  void whatIsNotEncryptedIsNotTakenForASecret(String text) {
    assertThatThrownBy(() -> vault(ring()).open(text, "somebody"))
        .isInstanceOf(UnreadableSecret.class)
        .message()
        .doesNotContain(text);
  }

  @Test
  void nothingStaysNothing() {
    Vault vault = vault(ring());

    assertThat(seal(vault, "", "somebody")).isEmpty();
    assertThat(vault.open("", "somebody")).isEmpty();
  }

  @Test
  void theFirstOpeningMakesAKeyFileThatOnlyItsOwnerMayRead() throws Exception {
    String hidden = seal(vault(ring()), "secret", "somebody");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file())).matches("[0-9a-f]{64}\n");
    assertThat(folder).isDirectoryNotContaining("glob:**/.data.key*");
    assertThat(vault(ring()).open(hidden, "somebody")).isEqualTo("secret");
    assertThat(ring().preferred().toString()).doesNotContain(Files.readString(file()).strip());
  }

  @Test
  void severalThatOpenItForTheFirstTimeAgreeOnOneKey() {
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int program = 0; program < 8; program++) {
      all.add(CompletableFuture.supplyAsync(() -> seal(vault(ring()), "secret", "somebody")));
    }

    assertThat(all)
        .allSatisfy(
            one -> assertThat(vault(ring()).open(one.join(), "somebody")).isEqualTo("secret"));
    assertThat(file()).content().hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {ONE, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="})
  void aGivenKeyIsUsedAndNoFileIsMade(String key) {
    String hidden = seal(vault(ring(key, "")), "secret", "somebody");

    assertThat(vault(ring(key, "")).open(hidden, "somebody")).isEqualTo("secret");
    assertThat(file()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "0123", "0123456789abcdef", "!"})
  void aGivenKeyThatIsNoneIsRefusedWithoutShowingIt(String key) {
    assertThatThrownBy(() -> ring(key, ""))
        .isInstanceOf(WrongKey.class)
        .hasMessageContaining("allowed: 32 bytes as 64 hexadecimal digits")
        .hasMessageContaining("openssl rand -hex 32")
        .message()
        .doesNotContain(key);
  }

  @Test
  void aWrongKeyIsRecognisedAtOnce() throws Exception {
    vault(ring(ONE, ""));

    assertThatThrownBy(() -> vault(ring(OTHER, "")))
        .isInstanceOf(WrongKey.class)
        .hasMessageContaining("data.key is a different key")
        .hasMessageContaining("./fitroute key reset");
    assertThatThrownBy(() -> vault(ring()))
        .isInstanceOf(WrongKey.class)
        .hasMessageContaining("there is no file " + file());
    assertThat(file()).doesNotExist();
    Files.writeString(file(), OTHER);
    assertThatThrownBy(() -> vault(ring())).hasMessageContaining("contains a different key");
    Files.writeString(file(), "nonsense");
    assertThatThrownBy(() -> vault(ring()))
        .hasMessageContaining("does not contain the expected key");
    Files.writeString(file(), ONE);
    assertThat(vault(ring()).inUse(ledger).place()).isEqualTo("the file " + file());
  }

  @Test
  void rotationEncryptsAnewAndAnOpenVaultFollows() throws Exception {
    Vault open = vault(ring());
    store(open, "7", "secret");
    String before = stored(ACCESS, "7");
    String oldKey = Files.readString(file());

    KeyChange.Done done = new KeyChange(ledger, ring(), SystemServices.with(clock)).rotate(BOTH);

    assertThat(done.secrets()).isEqualTo(2);
    assertThat(stored(ACCESS, "7")).isNotEqualTo(before).startsWith("v1." + done.after() + ".");
    assertThat(Files.readString(file())).isNotEqualTo(oldKey).hasLineCount(1);
    assertThat(read(open, "7")).isEqualTo("secret");
    store(open, "8", "another");
    assertThat(stored(ACCESS, "8")).startsWith("v1." + done.after() + ".");
    assertThat(read(vault(ring()), "8")).isEqualTo("another");
  }

  @Test
  void aProcessThatWritesDuringRotationsLosesNothing() throws Exception {
    try (Ledger second = Ledger.open("jdbc:sqlite:" + folder.resolve("fitroute.db"), "", "")) {
      Vault open = vault(ring());
      AtomicBoolean goesOn = new AtomicBoolean(true);
      CompletableFuture<Integer> writes =
          CompletableFuture.supplyAsync(
              () -> {
                int count = 0;
                while (goesOn.get()) {
                  store(open, Integer.toString(count % 5), "secret " + count++);
                }
                return count;
              });
      for (int rotation = 0; rotation < 10; rotation++) {
        new KeyChange(second, ring(), SystemServices.with(clock)).rotate(BOTH);
      }
      goesOn.set(false);
      int count = writes.join();

      Vault now = vault(ring());
      assertThat(file()).content().hasLineCount(1);
      for (int number = Math.max(0, count - 5); number < count; number++) {
        assertThat(read(now, Integer.toString(number % 5))).isEqualTo("secret " + number);
      }
    }
  }

  @Test
  void aRotationThatCannotReadEverythingChangesNothing() {
    Vault open = vault(ring());
    store(open, "7", "secret");
    ledger.write(jdbc -> jdbc.sql("update athlete set refresh_token = 'v1.x.y'").update());
    String before = stored(ACCESS, "7");

    assertThatThrownBy(() -> new KeyChange(ledger, ring(), SystemServices.with(clock)).rotate(BOTH))
        .isInstanceOf(UnreadableSecret.class);

    assertThat(stored(ACCESS, "7")).isEqualTo(before);
    assertThat(vault(ring()).open(before, ACCESS.owner("7"))).isEqualTo("secret");
  }

  @Test
  void aGivenKeyTakesThePlaceOfThePreviousOneOrOfTheFile() {
    store(vault(ring()), "7", "secret");

    KeyChange.Done toGiven =
        new KeyChange(ledger, ring(ONE, ""), SystemServices.with(clock)).rotate(BOTH);
    assertThat(toGiven.place()).isEqualTo("the setting data.key");
    assertThat(read(vault(ring(ONE, "")), "7")).isEqualTo("secret");
    assertThatThrownBy(
            () -> new KeyChange(ledger, ring(ONE, ""), SystemServices.with(clock)).rotate(BOTH))
        .isInstanceOf(WrongKey.class)
        .hasMessageContaining("set data.previous-key to it");

    new KeyChange(ledger, ring(OTHER, ONE), SystemServices.with(clock)).rotate(BOTH);
    assertThat(read(vault(ring(OTHER, "")), "7")).isEqualTo("secret");

    KeyChange.Done toFile =
        new KeyChange(ledger, ring("", OTHER), SystemServices.with(clock)).rotate(BOTH);
    assertThat(toFile.place()).isEqualTo("the file " + file());
    assertThat(read(vault(ring()), "7")).isEqualTo("secret");
  }

  @Test
  void aLostKeyIsReplacedByOneForWhatComesNext() throws Exception {
    store(vault(ring()), "7", "secret");
    Files.delete(file());

    new KeyChange(ledger, ring(), SystemServices.with(clock))
        .reset(jdbc -> jdbc.sql("update athlete set access_token = ''").update());

    store(vault(ring()), "7", "new");
    assertThat(read(vault(ring()), "7")).isEqualTo("new");
  }
}

package io.fitroute.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings whose values are never shown. */
class SecretSettingsTest {

  private static final String VALUE = "X-Key: hunter2";

  private static final List<String> SECRETS =
      List.of(
          "webhook.signing-secret",
          "strava.client-secret",
          "strava.verify-token",
          "strava.access-token",
          "strava.refresh-token",
          "strava.session-cookie",
          "hevy.api-key",
          "hevy.webhook-token",
          "sftp.password",
          "sftp.key-passphrase",
          "ftp.password",
          "ftps.password",
          "ftps.trust-store-password",
          "s3.access-key",
          "s3.secret-key",
          "webdav.password",
          "http.authorization",
          "http.headers",
          "intervals.api-key",
          "data.key",
          "data.previous-key",
          "database.password",
          "notify.url");

  /** Names of settings that suggest a secret. */
  private static final Pattern TELLING =
      Pattern.compile(
          ".*(secret|token|password|passphrase|cookie|key|authorization|headers|credential).*");

  /** Exceptions: names of files, public keys, and settings that are not secret. */
  private static final List<String> TELLING_BUT_PUBLIC =
      List.of("sftp.key-file", "s3.kms-key", "export.credential-pause");

  @TempDir private Path folder;

  static Stream<String> secrets() {
    return SECRETS.stream();
  }

  private static String value(String setting) {
    return setting.equals("notify.url") ? "http://127.0.0.1/hunter2" : VALUE;
  }

  private static KnownSettings known() {
    return new KnownSettings(SinkKind.all(Path.of("")).values());
  }

  private Settings load(Map<String, String> environment) {
    return Settings.load(environment, folder, Path.of("").toAbsolutePath());
  }

  private static String variable(String setting) {
    return setting.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void isHandedOutAsASecretAlone(String setting) {
    Settings settings = load(Map.of(variable(setting), value(setting)));

    assertThat(settings.asProperties()).containsEntry(setting, value(setting));
    assertThatThrownBy(() -> settings.optionalText(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it is a secret");
    assertThat(settings.toString()).contains(setting + "=(set)").doesNotContain("hunter2");
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void mayStandInAFile(String setting) throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), value(setting) + "\n");

    Settings settings = load(Map.of(variable(setting) + "_FILE", file.toString()));

    assertThat(settings.asProperties()).containsEntry(setting, value(setting));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void isNotShownWhenItIsRefused(String setting) {
    assertThatThrownBy(() -> load(Map.of(variable(setting), "hunter2\u0007hunter2")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith(setting)
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void whatIsCalledLikeASecretIsOne() {
    List<String> telling =
        known().names().stream()
            .filter(name -> TELLING.matcher(name).matches())
            .filter(name -> !TELLING_BUT_PUBLIC.contains(name))
            .toList();

    assertThat(SECRETS).containsAll(telling);
  }

  @Test
  void nothingElseIsKeptFromThoseWhoNeedIt() {
    Settings settings = load(Map.of());

    assertThat(known().names())
        .filteredOn(name -> !SECRETS.contains(name))
        .allSatisfy(name -> assertThat(settings.optionalText(name)).isNotNull());
  }
}

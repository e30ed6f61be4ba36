package io.fitroute.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
  @TempDir private Path folder;
  private Path home;
  private Path workingDirectory;

  @BeforeEach
  void layOut() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    workingDirectory = Files.createDirectory(folder.resolve("work"));
    Files.copy(Path.of("application.properties"), home.resolve("application.properties"));
  }

  @Test
  void aVariableWinsOverTheDotEnvFileAndThatOverTheProperties() throws IOException {
    properties("inbox.workers=7");
    assertThat(load(Map.of()).integer("inbox.workers")).isEqualTo(7);
    dotEnv("INBOX_WORKERS=8");
    assertThat(load(Map.of()).integer("inbox.workers")).isEqualTo(8);
    assertThat(load(Map.of("INBOX_WORKERS", "9")).integer("inbox.workers")).isEqualTo(9);
  }

  @Test
  void anEmptyVariableCountsAsNotSet() throws IOException {
    dotEnv("INBOX_WORKERS=8\nWEBHOOK_PORT=");

    Settings settings = load(Map.of("INBOX_WORKERS", "", "ADMIN_PORT", "  "));

    assertThat(settings.integer("inbox.workers")).isEqualTo(8);
    assertThat(settings.port("webhook.port")).isEqualTo(5000);
    assertThat(settings.port("admin.port")).isEqualTo(5001);
  }

  @Test
  void valuesComeAsWhatTheyAre() {
    Settings settings =
        load(
            Map.of(
                "STRAVA_API_URL", "http://127.0.0.1:8080/api/v3/",
                "RETRY_NOT_READY", "20ms, 1h",
                "EXPORT_MAX_SIZE", "1MB",
                "STATE_FILE", "state/../state.json"));

    assertThat(settings.url("strava.api-url"))
        .isEqualTo(URI.create("http://127.0.0.1:8080/api/v3"));
    assertThat(settings.backoffSchedule("retry.not-ready"))
        .containsExactly(Duration.ofMillis(20), Duration.ofHours(1));
    assertThat(settings.bytes("export.max-size")).isEqualTo(1 << 20);
    assertThat(settings.duration("inbox.lease")).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.choice("fit.calendar")).isEqualTo("local");
    assertThat(settings.list("fit.exports")).containsExactly("original", "streams");
    assertThat(settings.text("webhook.path")).isEqualTo("/webhook");
    assertThat(settings.path("download.base-dir")).isEqualTo(workingDirectory.resolve("downloads"));
    assertThat(settings.optionalPath("state.file"))
        .contains(workingDirectory.resolve("state.json"));
    assertThat(settings.optionalText("database.user")).isEmpty();
  }

  @Test
  void theDotEnvFileOfAnotherToolWorksUnchanged() throws IOException {
    dotEnv(
        """
        STRAVA_CLIENT_ID=12345
        STRAVA_CLIENT_SECRET="a1b2"
        STRAVA_WEBHOOK_VERIFY_TOKEN=word
        STRAVA_ACCESS_TOKEN=access
        STRAVA_REFRESH_TOKEN=refresh
        DOWNLOAD_BASE_DIR=./fit
        STATE_FILE=./downloaded_activities.json
        WEBHOOK_PORT=8000
        OAUTH_REDIRECT_URI=http://localhost:8000/callback
        STRAVA_DEFAULT_SCOPE="read activity:read_all"
        FLASK_ENV=production
        """);

    Settings settings = load(Map.of());

    assertThat(settings.optionalText("strava.client-id")).contains("12345");
    assertThat(settings.secret("strava.client-secret")).contains("a1b2");
    assertThat(settings.secret("strava.verify-token")).contains("word");
    assertThat(settings.secret("strava.access-token")).contains("access");
    assertThat(settings.secret("strava.refresh-token")).contains("refresh");
    assertThat(settings.path("download.base-dir")).isEqualTo(workingDirectory.resolve("fit"));
    assertThat(settings.optionalPath("state.file"))
        .contains(workingDirectory.resolve("downloaded_activities.json"));
    assertThat(settings.port("webhook.port")).isEqualTo(8000);
    assertThat(settings.text("strava.redirect-uri")).isEqualTo("http://localhost:8000/callback");
    assertThat(settings.text("strava.scope")).isEqualTo("read,activity:read_all");
    assertThat(settings.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "STRAVA_REDIRECT_URI,OAUTH_REDIRECT_URI,strava.redirect-uri,http://a/x,http://b/x",
    "STRAVA_SCOPE,STRAVA_DEFAULT_SCOPE,strava.scope,read,activity:read",
    "STRAVA_VERIFY_TOKEN,STRAVA_WEBHOOK_VERIFY_TOKEN,strava.verify-token,word,hidden"
  })
  void underTwoNamesASettingHasOneValue(
      String own, String alias, String setting, String value, String other) {
    refused(Map.of(own, value, alias, other))
        .hasMessageContaining(setting + " has two different values: by environment variable " + own)
        .hasMessageContaining("and by environment variable " + alias)
        .message()
        .doesNotContain(other);
    load(Map.of(own, value, alias, value));
    assertThat(load(Map.of(alias, value)).warnings()).isEmpty();
  }

  @Test
  void anAliasOfASecretMayNameAFile() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "word\n");

    Settings settings = load(Map.of("STRAVA_WEBHOOK_VERIFY_TOKEN_FILE", secret.toString()));

    assertThat(settings.secret("strava.verify-token")).contains("word");
    assertThat(settings.warnings()).isEmpty();
  }

  @Test
  void aTildeIsTheUsersHome() {
    Settings settings = load(Map.of("DATA_DIR", "~/fit", "STATE_FILE", "~", "HOME", "/home/ann"));

    assertThat(settings.path("data.dir")).isEqualTo(Path.of("/home/ann/fit"));
    assertThat(settings.path("state.file")).isEqualTo(Path.of("/home/ann"));
  }

  @Test
  void theDatabaseFollowsTheDataFolderUnlessItIsSet() {
    assertThat(load(Map.of("DATA_DIR", "/srv/fit")).text("database.url"))
        .isEqualTo("jdbc:sqlite:/srv/fit/fitroute.db");
    assertThat(load(Map.of("DATABASE_URL", "jdbc:postgresql://db/fit")).text("database.url"))
        .isEqualTo("jdbc:postgresql://db/fit");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "WEBHOOK_PORT   | 80a   | webhook.port is \"80a\" (environment variable WEBHOOK_PORT); allowed: a port from 0 to 65535, 0 for any free one",
        "INBOX_WORKERS  | 65    | inbox.workers is \"65\" (environment variable INBOX_WORKERS); allowed: a whole number from 1 to 64",
        "FIT_CALENDAR   | lunar | fit.calendar is \"lunar\" (environment variable FIT_CALENDAR); allowed: local or utc",
      })
  void aMalformedVariableIsNamedWithWhatIsAllowed(String variable, String value, String message) {
    refused(Map.of(variable, value)).hasMessage(message);
  }

  @Test
  void aMalformedLineOfTheDotEnvFileIsNamedByItsNumber() throws IOException {
    dotEnv("# mine\n\nWEBHOOK_PORT=eighty\n");

    refused(Map.of()).hasMessageStartingWith("webhook.port is \"eighty\" (.env line 3); allowed: ");
  }

  @Test
  void aMalformedPropertyIsNamed() throws IOException {
    properties("inbox.lease=30");

    refused(Map.of())
        .hasMessageStartingWith("inbox.lease is \"30\" (application.properties); allowed: a time");
  }

  @Test
  void aSettingThatIsNowhereIsNamed() throws IOException {
    properties("inbox.lease=");

    refused(Map.of())
        .hasMessageStartingWith("inbox.lease is not set: set the environment variable INBOX_LEASE");
  }

  @Test
  void anUnknownNameAmongOursIsRefusedWithTheNearest() throws IOException {
    properties("strava.clientid=1");

    refused(Map.of())
        .hasMessage(
            "strava.clientid (application.properties) is not a setting of fitroute;"
                + " the nearest is strava.client-id");
  }

  @Test
  void aControlCharacterDoesNotBreakTheLine() {
    refused(Map.of("WEBHOOK_HOST", "a\nb\u001b[31m"))
        .hasMessageContaining("\"a\\u000ab\\u001b[31m\"")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void thePublicPortIsNotTheAdminPort() {
    refused(Map.of("ADMIN_PORT", "5000"))
        .hasMessageStartingWith("admin.port is 5000, the same as webhook.port");
    assertThat(load(Map.of("ADMIN_PORT", "0", "WEBHOOK_PORT", "0")).port("admin.port")).isZero();
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws IOException {
    Files.delete(home.resolve("application.properties"));

    refused(Map.of()).hasMessageContaining("application.properties does not exist");
  }

  @Test
  void aBrokenEscapeInThePropertiesIsRefused() throws IOException {
    properties("data.dir=C:\\users");

    refused(Map.of()).hasMessageContaining("application.properties holds a \\u");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2\n", "hunter2\r\n", "hunter2"})
  void aSecretIsReadFromTheFileThatAVariableNames(String contents) throws IOException {
    Files.writeString(workingDirectory.resolve("secret"), contents);

    assertThat(load(Map.of("STRAVA_CLIENT_SECRET_FILE", "secret")).secret("strava.client-secret"))
        .contains("hunter2");
    dotEnv("STRAVA_CLIENT_SECRET_FILE=" + workingDirectory.resolve("secret"));
    assertThat(load(Map.of()).secret("strava.client-secret")).contains("hunter2");
    assertThat(load(Map.of("STRAVA_CLIENT_SECRET", "other")).secret("strava.client-secret"))
        .contains("other");
  }

  @Test
  void aSecretGivenTwiceInOnePlaceIsRefused() {
    refused(Map.of("STRAVA_CLIENT_SECRET", "hunter2", "STRAVA_CLIENT_SECRET_FILE", "secret"))
        .hasMessageStartingWith("strava.client-secret is set twice")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aFileThatHoldsNoSecretIsRefused() throws IOException {
    Path file = workingDirectory.resolve("secret");
    Map<String, String> named = Map.of("STRAVA_CLIENT_SECRET_FILE", "secret");

    refused(named).hasMessageContaining("cannot be read: \"secret\"");
    Files.createDirectory(file);
    refused(named).hasMessageContaining("cannot be read: \"secret\"");
    Files.delete(file);
    Files.writeString(file, "\n");
    refused(named).hasMessageContaining("it is empty");
    Files.write(file, new byte[] {'h', (byte) 0xff});
    refused(named).hasMessageContaining("it is not UTF-8 text");
    Files.write(file, new byte[70_000]);
    refused(named).hasMessageContaining("it is larger than");
    Files.writeString(file, "hunter2\nhunter3");
    refused(named)
        .hasMessageContaining("(the file named by environment variable STRAVA_CLIENT_SECRET_FILE)")
        .hasMessageNotContaining("hunter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/health", "/connect", "/webhook"})
  void athletesDoNotComeBackToAPathOfSomethingElse(String path) {
    refused(Map.of("STRAVA_REDIRECT_URI", "https://runs.example.org" + path))
        .hasMessageStartingWith("strava.redirect-uri is ")
        .hasMessageContaining("whose path is already in use");
  }

  @Test
  void athletesDoNotComeBackToAPathThatWasGivenToTheWebhook() {
    refused(
            Map.of(
                "WEBHOOK_PATH", "/strava", "STRAVA_REDIRECT_URI", "http://localhost:5000/strava"))
        .hasMessageContaining("whose path is already in use");
    load(Map.of("WEBHOOK_PATH", "/strava", "STRAVA_REDIRECT_URI", "http://localhost:5000/webhook"));
  }

  @Test
  void secretsStayOutOfWhatIsPrinted() {
    Settings settings =
        load(
            Map.of(
                "STRAVA_CLIENT_SECRET", "hunter2",
                "DATABASE_URL", "jdbc:postgresql://u:hunter2@db/fit?password=hunter2"));

    assertThat(settings.toString())
        .contains("strava.client-secret=(set)", "database.url=jdbc:postgresql://***")
        .doesNotContain("hunter2");
  }

  @Test
  void routesSeeEveryValueResolved() {
    Properties properties =
        load(Map.of("STRAVA_API_URL", "http://x/", "STRAVA_CLIENT_SECRET", "hunter2"))
            .asProperties();

    assertThat(properties)
        .containsEntry("strava.api-url", "http://x")
        .containsEntry("strava.client-secret", "hunter2")
        .containsEntry("data.dir", workingDirectory.resolve("data").toString())
        .containsEntry(
            "database.url", "jdbc:sqlite:" + workingDirectory.resolve("data/fitroute.db"))
        .containsEntry(
            "fit.file-name", "${variable.yyyy}/${variable.mm}/${variable.activity_id}.fit")
        .containsEntry("strava.session-cookie", "");
  }

  @Test
  void namesOfCamelAndOfEngineersPassThrough() throws IOException {
    properties("camel.main.name=mine\nmy.sink.host=a\\\\b \npath=p");

    assertThat(load(Map.of("PATH", "/bin")).asProperties())
        .containsEntry("camel.main.name", "mine")
        .containsEntry("my.sink.host", "a\\b ")
        .containsEntry("path", "p");
    dotEnv("MY_SINK_HOST=c");
    assertThat(load(Map.of()).asProperties()).containsEntry("my.sink.host", "c");
    assertThat(load(Map.of("MY_SINK_HOST", "d")).asProperties()).containsEntry("my.sink.host", "d");
  }

  @Test
  void aCopyChangesWhatItIsGivenWhateverTheEnvironmentSays() {
    Settings original =
        load(Map.of("STRAVA_SESSION_COOKIE", "hunter2", "DATABASE_URL", "jdbc:sqlite:x"));

    Settings copy =
        original.with(
            Map.of(
                "strava.session-cookie", "",
                "database.url", "",
                "data.dir", "/srv/demo",
                "camel.main.name", "demo"));

    assertThat(copy.secret("strava.session-cookie")).isEmpty();
    assertThat(copy.text("database.url")).isEqualTo("jdbc:sqlite:/srv/demo/fitroute.db");
    assertThat(copy.asProperties()).containsEntry("camel.main.name", "demo");
    assertThat(copy.with(Map.of("inbox.workers", "5")).path("data.dir"))
        .isEqualTo(Path.of("/srv/demo"));
    assertThat(original.secret("strava.session-cookie")).contains("hunter2");
  }

  @Test
  void aCopyIsCheckedToo() {
    Settings settings = load(Map.of());

    assertThatThrownBy(() -> settings.with(Map.of("inbox.workers", "0")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("inbox.workers is \"0\" (given by the program)");
    assertThatThrownBy(() -> settings.with(Map.of("inbox.wrokers", "1")))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining("inbox.wrokers");
  }

  @Test
  void aNearMissIsAWarning() throws IOException {
    dotEnv("PATH_TO_X=1\nWEBHOOKPORT=1\nstrava.client-id=1\n");
    properties("webook.port=1");

    assertThat(
            load(Map.of("STRAVA_CLIENTID", "hunter2", "STRAVA_CLIENT_ID_FILE", "x", "LANG", "C"))
                .warnings())
        .containsExactly(
            "environment variable STRAVA_CLIENTID is not used; did you mean STRAVA_CLIENT_ID?",
            "environment variable STRAVA_CLIENT_ID_FILE is not used; did you mean STRAVA_CLIENT_ID?",
            "WEBHOOKPORT (.env line 2) is not used; did you mean WEBHOOK_PORT?",
            "strava.client-id (.env line 3) is not used; did you mean STRAVA_CLIENT_ID?",
            "webook.port (application.properties) is not a setting of fitroute and is passed to Camel;"
                + " did you mean webhook.port?");
  }

  @Test
  void whatCanOnlyBeMeantForFitrouteIsAWarningHoweverFarItIsFromASetting() throws IOException {
    dotEnv("STRAVA_CLIENTID=1\nFIT_DESTINATION_FOLDER=x\nSTRAVA_ID=1\nHTTP_PROXY=x\n");
    properties("mine.folder=1");

    assertThat(load(Map.of("MINE_FOLDER", "2")).warnings())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("FIT_DESTINATION_FOLDER (.env line 2)")
                    .contains("did you mean FIT_"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "STRAVA_CLIENTID (.env line 1) is not used; did you mean STRAVA_CLIENT_ID?"),
            line ->
                assertThat(line)
                    .startsWith("STRAVA_ID (.env line 3)")
                    .contains("did you mean STRAVA_"));
  }

  @Test
  void askingForWhatDoesNotExistIsAMistakeInTheProgram() {
    Settings settings = load(Map.of());

    assertThatThrownBy(() -> settings.text("no.such")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings.port("inbox.workers"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings.text("strava.client-secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it is a secret");
    assertThatThrownBy(() -> settings.path("state.file"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Settings load(Map<String, String> environment) {
    return Settings.load(environment, workingDirectory, home);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(Map<String, String> environment) {
    return assertThatThrownBy(() -> load(environment)).isInstanceOf(InvalidSetting.class);
  }

  private void dotEnv(String text) throws IOException {
    Files.writeString(workingDirectory.resolve(".env"), text);
  }

  /** Adds lines to the file; a later line for the same name takes precedence. */
  private void properties(String lines) throws IOException {
    Files.writeString(
        home.resolve("application.properties"),
        Files.readString(Path.of("application.properties")) + "\n" + lines + "\n");
  }
}

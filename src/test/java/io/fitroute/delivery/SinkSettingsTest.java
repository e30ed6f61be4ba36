package io.fitroute.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.runtime.TestBed;
import io.fitroute.settings.InvalidSetting;
import io.fitroute.settings.Libraries;
import io.fitroute.settings.Settings;
import io.fitroute.sink.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sinks of one's own name, by whatever way they are set. */
class SinkSettingsTest {

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Path home;

  @BeforeEach
  void copyHome() throws Exception {
    home = TestBed.copyHome(folder.resolve("home"));
    environment.put("FIT_SINKS", "file,my-nas");
    environment.put("SINK_MY_NAS_TYPE", "sftp");
    environment.put("SINK_MY_NAS_HOST", "nas.local");
    environment.put("SINK_MY_NAS_USER", "ann");
  }

  private Sinks sinks() {
    Sinks sinks = new Sinks(Settings.load(environment, folder, home));
    sinks.require();
    return sinks;
  }

  private String value(String sink, String property) {
    Properties properties = sinks().properties();
    return properties.getProperty("fitroute.sink." + sink + "." + property);
  }

  private void write(String lines) throws Exception {
    Path file = home.resolve("application.properties");
    Files.writeString(file, Files.readString(file) + lines);
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(this::sinks)
        .isInstanceOfSatisfying(
            InvalidSetting.class, refusal -> assertThat(refusal).hasMessageContainingAll(parts));
  }

  @Test
  void aNameOfOnesOwnIsOfAKind() {
    assertThat(sinks().kamelet("my-nas")).isEqualTo("fit-sftp-sink/sink-my-nas");
    assertThat(sinks().kamelet("sftp")).isEqualTo("fit-sftp-sink/sink-sftp");
    assertThat(sinks().can("my-nas", Operation.MOVE)).isTrue();
    assertThat(sinks().can("http", Operation.MOVE)).isFalse();
    assertThat(sinks().can("none", Operation.PUT)).isFalse();
    assertThat(value("my-nas", "port")).isEqualTo("22");
  }

  @Test
  void nothingIsInheritedBetweenSinks() {
    environment.put("SFTP_PASSWORD", "of the first");
    environment.put("SFTP_PORT", "2222");
    environment.put("SFTP_KEY_FILE", "/home/ann/.ssh/key");

    assertThat(value("sftp", "password")).isEqualTo("of the first");
    assertThat(value("my-nas", "password")).isEmpty();
    assertThat(value("my-nas", "port")).isEqualTo("22");
    assertThat(value("my-nas", "keyFile")).isEmpty();
  }

  @Test
  void aPropertyMayStandInAFileOrInAVariable() throws Exception {
    write("\nsink.my-nas.directory=runs\nsink.my-nas.port=2022\n");
    environment.put("SINK_MY_NAS_PORT", "2023");
    Files.writeString(folder.resolve(".env"), "SINK_MY_NAS_KNOWN_HOSTS=hosts\n");

    assertThat(value("my-nas", "directory")).isEqualTo("runs");
    assertThat(value("my-nas", "port")).isEqualTo("2023");
    assertThat(value("my-nas", "knownHosts")).isEqualTo(folder.resolve("hosts").toString());
  }

  @Test
  void aSecretMayComeFromAFileUnlessThatIsAPropertyOfItsOwn() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "the word\n");
    environment.put("SINK_MY_NAS_PASSWORD_FILE", secret.toString());
    environment.put("SINK_MY_NAS_KEY_FILE", "the-key");

    assertThat(value("my-nas", "password")).isEqualTo("the word");
    assertThat(value("my-nas", "keyFile")).isEqualTo(folder.resolve("the-key").toString());
  }

  @Test
  void aMisspeltPropertyStopsTheStartWithTheNearest() throws Exception {
    environment.put("SINK_MY_NAS_HSOT", "nas.local");
    assertRefused("SINK_MY_NAS_HSOT", "the nearest is SINK_MY_NAS_HOST");

    environment.remove("SINK_MY_NAS_HSOT");
    write("\nsink.my-nas.pasword=x\n");
    assertRefused("sink.my-nas.pasword", "the nearest is sink.my-nas.password");
  }

  @Test
  void aKindOfOnesOwnHasItsShortFormChecked() throws Exception {
    Path kamelet = home.resolve("routes/own/kamelets/fit-box-sink.kamelet.yaml");
    Files.createDirectories(kamelet.getParent());
    Files.writeString(
        kamelet,
        """
        spec:
          definition:
            properties:
              address: {type: string, format: uri}
              depth: {type: integer, minimum: 1, maximum: 9, default: 3}
        """);
    write("\nbox.address=http://box.local/\n");
    assertThat(value("box", "address")).isEqualTo("http://box.local");
    assertThat(value("box", "depth")).isEqualTo("3");

    environment.put("BOX_DEPTH", "10");
    assertRefused("box.depth", "\"10\"", "from 1 to 9");
    environment.remove("BOX_DEPTH");
    write("\nbox.adress=http://box.local\n");
    assertRefused("box.adress", "the nearest is box.address");

    Files.writeString(kamelet, "spec: [");
    assertRefused("fit-box-sink.kamelet.yaml is not YAML");
  }

  @Test
  void whatCamelWouldHaveHoldForEverySinkOfAKindIsRefused() throws Exception {
    environment.put("CAMEL_KAMELET_FIT_SFTP_SINK_HOST", "nas.local");
    assertRefused("CAMEL_KAMELET_FIT_SFTP_SINK_HOST", "set sftp.PROPERTY, or sink.NAME.PROPERTY");

    environment.remove("CAMEL_KAMELET_FIT_SFTP_SINK_HOST");
    write("\ncamel.kamelet.fit-sftp-sink.host=nas.local\n");
    assertRefused("camel.kamelet.fit-sftp-sink.host", "set sftp.PROPERTY");
  }

  @Test
  void theFolderOfTheSinkFileHasOneSetting() throws Exception {
    assertThat(value("file", "directory")).isEqualTo(folder.resolve("downloads").toString());

    write("\nsink.file.directory=elsewhere\n");
    assertRefused("sink.file.directory", "download.base-dir");
  }

  @Test
  void aSinkThatThereIsNotStopsTheStart() throws Exception {
    write("\nsink.their-nas.host=nas\n");

    assertRefused("sink.their-nas.host", "set sink.their-nas.type");
  }

  @Test
  void aKindThatThereIsNotStopsTheStart() {
    environment.put("SINK_MY_NAS_TYPE", "smb");

    assertRefused("sink.my-nas.type", "\"smb\"", "sftp");
  }

  @Test
  void whatIsRequiredAndNotSetStopsTheStart() {
    environment.remove("SINK_MY_NAS_HOST");

    assertRefused("my-nas", "needs sink.my-nas.host, which is not set");
  }

  @Test
  void aValueThatIsNotAllowedStopsTheStartWithoutTellingASecret() {
    environment.put("SINK_MY_NAS_PORT", "ssh");
    assertRefused("sink.my-nas.port", "\"ssh\"", "a whole number");

    environment.put("SINK_MY_NAS_PORT", "22");
    environment.put("SINK_MY_NAS_PASSWORD", "s3cret\u0007");
    assertThatThrownBy(this::sinks)
        .hasMessageContaining("sink.my-nas.password")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aCamelArtifactThatIsThereIsEnoughWhateverItsKind() {
    assertThat(Libraries.isThere("camel:http")).isTrue();
    assertThat(Libraries.isThere("camel:util")).as("no component, but there").isTrue();
    assertThat(Libraries.isThere("camel:mail")).isFalse();
    assertThat(Libraries.isThere("mvn:org.apache.camel:camel-bean:4.18.0")).isTrue();
    assertThat(Libraries.command("camel:mail"))
        .isEqualTo("mvn -q dependency:copy-dependencies@library -Dlibrary=camel-mail");
    assertThat(Libraries.command("mvn:com.example:thing:1.0"))
        .isEqualTo(
            "mvn -q dependency:copy-dependencies@library -Dlibrary.group=com.example"
                + " -Dlibrary=thing -Dlibrary.version=1.0");
  }
}

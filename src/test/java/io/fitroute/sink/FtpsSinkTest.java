package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.TlsKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FtpsSinkTest extends RemoteSinkContract {

  @TempDir static Path keys;
  private static Path keyStore;

  @BeforeAll
  static void makeKey() throws Exception {
    keyStore = TlsKey.make(keys.resolve("ftps.p12"), Wire.HOST);
  }

  @Override
  String sink() {
    return "ftps";
  }

  /** Data does not pass through the wire. */
  @Override
  void slowFiles() throws Exception {
    ((FtpStorage) storage()).sendSlowly(10_000);
  }

  @Override
  Storage start(Path root) throws Exception {
    return new FtpStorage(root, Optional.of(keyStore));
  }

  @Test
  void aCertificateThatNobodyVouchesForIsNotTrusted(@TempDir Path place) throws Exception {
    try (FtpStorage storage =
        new FtpStorage(Files.createDirectories(place.resolve("root")), Optional.of(keyStore))) {
      Map<String, String> settings = new HashMap<>(storage.settings());
      settings.put("ftps.trust-store", "");
      try (Kamelets kamelets = new Kamelets(place, settings)) {
        Path file = Files.writeString(place.resolve("f"), "x");
        assertThatThrownBy(() -> kamelets.deliver("ftps", file, "a.fit"))
            .hasMessageContaining("certification path");
      }
      assertThat(storage.files()).isEmpty();
    }
  }

  @Test
  void sessionsAreResumedWithoutTls13AsWell(@TempDir Path place) throws Exception {
    Path root = Files.createDirectories(place.resolve("root"));
    try (FtpStorage storage = new FtpStorage(root, Optional.of(keyStore), "TLSv1.2");
        Kamelets kamelets = new Kamelets(place, storage.settings())) {
      kamelets.deliver("ftps", Files.writeString(place.resolve("f"), "x"), "a.fit");

      assertThat(storage.files()).containsOnlyKeys("a.fit");
    }
  }
}

package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.TlsKey;
import io.fitroute.fit.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3SinkTest extends RemoteSinkContract {

  /** The trust store of Java; an HTTP client reads it when it is created. */
  private static final String TRUST = "javax.net.ssl.trustStore";

  @Override
  String sink() {
    return "s3";
  }

  @Override
  Storage start(Path root) throws Exception {
    return new S3Storage(root);
  }

  @Test
  void theChecksumIsKeptWithTheObject(@TempDir Path place) throws Exception {
    try (S3Storage storage = new S3Storage(place);
        Kamelets kamelets = new Kamelets(place, storage.settings())) {
      Path file = Files.writeString(place.resolve("f"), "x");
      kamelets.deliver("s3", file, "a/b.fit");

      assertThat(kamelets.send("s3", "stat", "", Map.of("file", "a/b.fit")).getHeader("sha256"))
          .isEqualTo(Sha256.of(file));
    }
  }

  /**
   * Without TLS, Amazon's library alone would send the body in chunks, which a server without
   * support for them stores as part of the file.
   */
  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void anObjectIsSentInOnePieceWithItsMd5(String scheme, @TempDir Path place) throws Exception {
    Path key = TlsKey.make(place.resolve("key.p12"), "127.0.0.1");
    Path file = Files.write(place.resolve("f"), new byte[] {1, 2, 3, 4, 5});
    System.setProperty(TRUST, key.toString());
    System.setProperty(TRUST + "Password", TlsKey.PASSWORD);
    try (EmptyBucket server =
            new EmptyBucket(scheme.equals("https") ? Optional.of(key) : Optional.empty());
        Kamelets kamelets = new Kamelets(place, server.settings())) {
      kamelets.deliver("s3", file, "a/b.fit");

      assertThat(server.body()).isEqualTo(Files.readAllBytes(file));
      assertThat(server.header("Content-MD5")).hasValue("fP3QeImzKV1qVQkUqzXgaA==");
      assertThat(server.header("If-None-Match")).hasValue("*");
      assertThat(server.header("Content-Length")).hasValue("5");
      assertThat(server.header("Content-Encoding")).isEmpty();
      assertThat(server.header("X-Amz-Decoded-Content-Length")).isEmpty();
      assertThat(server.header("X-Amz-Content-Sha256"))
          .hasValueSatisfying(sum -> assertThat(sum).doesNotContain("STREAMING"));
    } finally {
      System.clearProperty(TRUST);
      System.clearProperty(TRUST + "Password");
    }
  }

  @Test
  void anUploadThatIsCutLeavesNoPartsThatCostMoney(@TempDir Path place) throws Exception {
    try (S3Storage storage = new S3Storage(place);
        Kamelets kamelets = new Kamelets(place, storage.settings())) {
      Path file = Files.write(place.resolve("f"), new byte[12_000_000]);
      storage.wire().cutAfter(9_000_000);

      assertThatThrownBy(() -> kamelets.deliver("s3", file, "a/b.fit")).isNotNull();

      assertThat(storage.files()).isEmpty();
      assertThat(storage.unfinishedUploads()).isEmpty();
    }
  }
}

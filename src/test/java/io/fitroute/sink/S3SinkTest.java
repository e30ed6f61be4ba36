package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.fit.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3SinkTest extends RemoteSinkContract {

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

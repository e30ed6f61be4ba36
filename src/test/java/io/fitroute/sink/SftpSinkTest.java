package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fitroute.http.ErrorMessages;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.Map;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SftpSinkTest extends RemoteSinkContract {

  @Override
  String sink() {
    return "sftp";
  }

  @Override
  Storage start(Path root) throws Exception {
    return new SshStorage(root);
  }

  @Test
  void aKeyWithAPassphraseLetsInToo(@TempDir Path place) throws Exception {
    KeyPair key = SecurityUtils.getKeyPairGenerator("RSA").generateKeyPair();
    OpenSSHKeyEncryptionContext encryption = new OpenSSHKeyEncryptionContext();
    encryption.setPassword("word");
    encryption.setCipherType("256");
    Path keyFile = place.resolve("key");
    try (OutputStream out = Files.newOutputStream(keyFile)) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "ann", encryption, out);
    }
    try (SshStorage storage = new SshStorage(Files.createDirectories(place.resolve("root")))) {
      storage
          .server()
          .setPublickeyAuthenticator((user, given, session) -> given.equals(key.getPublic()));
      Map<String, String> settings = new HashMap<>(storage.settings());
      settings.put("sftp.password", "");
      settings.put("sftp.key-file", keyFile.toString());
      settings.put("sftp.key-passphrase", "word");
      try (Kamelets kamelets = new Kamelets(place, settings)) {
        kamelets.deliver("sftp", Files.writeString(place.resolve("f"), "x"), "a/b.fit");
      }
      assertThat(storage.files()).containsOnlyKeys("a/b.fit");
    }
  }

  @Test
  void aServerThatIsNotKnownIsNotTrusted(@TempDir Path place) throws Exception {
    try (SshStorage storage = new SshStorage(Files.createDirectories(place.resolve("root")))) {
      Files.writeString(storage.knownHosts(), "");
      try (Kamelets kamelets = new Kamelets(place, storage.settings())) {
        Path file = Files.writeString(place.resolve("f"), "x");
        assertThatThrownBy(() -> kamelets.deliver("sftp", file, "a/b.fit"))
            .satisfies(
                failure -> assertThat(ErrorMessages.of(failure)).containsIgnoringCase("HostKey"));
      }
      assertThat(storage.files()).isEmpty();
    }
  }
}

package io.fitroute.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.FreePort;
import io.fitroute.RequiredTool;
import io.fitroute.TlsKey;
import io.fitroute.fit.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.apache.camel.Message;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.util.TrustManagerUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sink {@code ftps} with vsftpd, which by default requires sessions to be resumed. */
@Timeout(60)
class VsftpdTest {

  private static final String HOST = "127.0.0.1";
  private static final String PATH = "2026/11/123.fit";

  @TempDir Path folder;
  private final int port = FreePort.any();
  private Path files;
  private Process server;
  private Kamelets kamelets;

  @BeforeEach
  void start() throws Exception {
    Path vsftpd = RequiredTool.find("vsftpd");
    RequiredTool.beRoot();
    Path store = TlsKey.make(folder.resolve("key.p12"), HOST);
    Path root = Files.createDirectories(folder.resolve("root"));
    files = Files.createDirectories(root.resolve("runs"));
    Files.setOwner(
        files, files.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("ftp"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    server =
        new ProcessBuilder(vsftpd.toString(), configuration(root, pem(store)).toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    await().ignoreExceptionsInstanceOf(IOException.class).until(this::isListening);
    kamelets =
        new Kamelets(
            folder,
            Map.of(
                "ftps.host",
                HOST,
                "ftps.port",
                Integer.toString(port),
                "ftps.directory",
                "runs",
                "ftps.user",
                "anonymous",
                "ftps.trust-store",
                store.toString(),
                "ftps.trust-store-password",
                TlsKey.PASSWORD));
  }

  private Path configuration(Path root, Path pem) throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    return Files.writeString(
        folder.resolve("vsftpd.conf"),
        """
        listen=YES
        listen_ipv6=NO
        listen_address=%s
        listen_port=%d
        background=NO
        seccomp_sandbox=NO
        secure_chroot_dir=%s
        ssl_enable=YES
        allow_anon_ssl=YES
        force_anon_logins_ssl=YES
        force_anon_data_ssl=YES
        ssl_ciphers=HIGH
        rsa_cert_file=%s
        anonymous_enable=YES
        anon_root=%s
        anon_world_readable_only=NO
        write_enable=YES
        anon_upload_enable=YES
        anon_mkdir_write_enable=YES
        anon_other_write_enable=YES
        """
            .formatted(HOST, port, empty, pem, root));
  }

  /** The key and its certificate in vsftpd's format. */
  private Path pem(Path store) throws IOException, GeneralSecurityException {
    char[] password = TlsKey.PASSWORD.toCharArray();
    KeyStore keys = KeyStore.getInstance(store.toFile(), password);
    return Files.writeString(
        folder.resolve("key.pem"),
        block("PRIVATE KEY", keys.getKey("server", password).getEncoded())
            + block("CERTIFICATE", keys.getCertificate("server").getEncoded()));
  }

  private static String block(String name, byte[] content) {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
    return "-----BEGIN " + name + "-----\n" + text + "\n-----END " + name + "-----\n";
  }

  private boolean isListening() throws IOException {
    assertThat(server.isAlive()).as(Files.readString(folder.resolve("log"))).isTrue();
    try (Socket socket = new Socket(HOST, port)) {
      return socket.isConnected();
    }
  }

  @AfterEach
  void stop() {
    if (kamelets != null) {
      kamelets.close();
    }
    if (server != null) {
      server.destroy();
      server.onExit().join();
    }
  }

  private Path file(int size) throws IOException {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return Files.write(folder.resolve(size + ".fit"), content);
  }

  private Message ask(String operation, Map<String, Object> headers) throws Exception {
    return kamelets.send("ftps", operation, null, headers);
  }

  @Test
  void aFileIsPutLookedAtReadReplacedMovedAndRemoved() throws Exception {
    Path first = file(300_000);
    Path second = file(200_000);
    String sum = Sha256.of(second);

    kamelets.deliver("ftps", first, PATH);
    assertThat(files.resolve(PATH)).hasSameBinaryContentAs(first);
    kamelets.put("ftps", second, PATH, Map.of("replaces", Sha256.of(first)));
    assertThat(files.resolve(PATH)).hasSameBinaryContentAs(second);

    assertThat(ask("stat", Map.of("file", PATH)).getHeader("size")).isEqualTo(200_000L);
    try (InputStream content = ask("get", Map.of("file", PATH)).getBody(InputStream.class)) {
      assertThat(content).hasBinaryContent(Files.readAllBytes(second));
    }

    String to = "moved/Morning Run.fit";
    ask("move", Map.of("file", PATH, "to", to, "sha256", sum));
    assertThat(files.resolve("2026/11")).isEmptyDirectory();
    assertThat(files.resolve(to)).hasSameBinaryContentAs(second);
    ask("purge", Map.of("file", to, "sha256", sum));
    assertThat(files.resolve("moved")).isEmptyDirectory();
  }

  /** Verifies that the test above can fail. */
  @Test
  void aClientThatResumesNoSessionIsRefused() throws Exception {
    kamelets.deliver("ftps", file(1_000), PATH);
    FTPSClient client = new FTPSClient();
    client.setTrustManager(TrustManagerUtils.getAcceptAllTrustManager());
    client.connect(HOST, port);
    try {
      assertThat(client.login("anonymous", "")).isTrue();
      client.execPBSZ(0);
      client.execPROT("P");
      client.enterLocalPassiveMode();
      boolean received = client.retrieveFile("runs/" + PATH, OutputStream.nullOutputStream());

      assertThat(received).isFalse();
      assertThat(client.getReplyString()).startsWith("522 ").contains("session reuse required");
    } finally {
      client.disconnect();
    }
  }
}

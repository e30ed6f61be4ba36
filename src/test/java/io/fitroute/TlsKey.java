package io.fitroute;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A TLS key with a self-signed certificate; its store serves as trust store too. */
public final class TlsKey {

  public static final String PASSWORD = "store-word";

  private TlsKey() {}

  /**
   * Creates a key, which takes a second.
   *
   * @param store the PKCS12 file to create
   * @param address the address of the server
   */
  public static Path make(Path store, String address) throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=server",
                "-ext",
                "san=ip:" + address,
                "-validity",
                "9",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException("keytool made no key");
    }
    return store;
  }
}

package io.fitroute.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPReply;
import org.apache.commons.net.ftp.FTPSClient;

/**
 * A folder on an FTP server, plain or with TLS (RFC 4217), where the server's certificate and host
 * name are checked and the data is encrypted too. Camel's component is left out, as it loses the
 * reason why a connection failed.
 */
public final class FtpFolder extends ServerFolder {

  private boolean passive = true;
  private boolean tls;
  private boolean implicit;
  private String trustStore = "";
  private String trustStorePassword = "";

  @Override
  public Connection open() throws IOException {
    FTPClient client = tls ? encrypted() : new FTPClient();
    int millis = (int) patience().toMillis();
    client.setControlEncoding("UTF-8"); // RFC 2640
    client.setConnectTimeout(millis);
    client.setDefaultTimeout(millis);
    client.setDataTimeout(patience());
    try {
      client.connect(host(), port());
      client.setSoTimeout(millis);
      require(client, FTPReply.isPositiveCompletion(client.getReplyCode()));
      require(client, client.login(user(), password()));
      if (client instanceof FTPSClient secure) {
        secure.execPBSZ(0);
        secure.execPROT("P");
      }
      require(client, client.setFileType(FTP.BINARY_FILE_TYPE));
      if (passive) {
        client.enterLocalPassiveMode();
      }
      return new Session(client);
    } catch (IOException failure) {
      disconnect(client);
      throw Trouble.with(server(), failure);
    }
  }

  @Override
  String protocol() {
    return tls ? "ftps" : "ftp";
  }

  /** By itself the client would trust every certificate that has not run out, of whatever host. */
  private FTPSClient encrypted() throws IOException {
    try {
      FTPSClient client = new FTPSClient(implicit, trust().createSSLContext(getCamelContext()));
      client.setEndpointCheckingEnabled(true);
      return client;
    } catch (GeneralSecurityException failure) {
      throw Trouble.with(server(), failure);
    }
  }

  /** Of Java's own authorities, unless a trust store is given. */
  private SSLContextParameters trust() {
    SSLContextParameters parameters = new SSLContextParameters();
    if (!trustStore.isEmpty()) {
      KeyStoreParameters store = new KeyStoreParameters();
      store.setCamelContext(getCamelContext());
      store.setResource("file:" + trustStore);
      store.setPassword(trustStorePassword);
      TrustManagersParameters managers = new TrustManagersParameters();
      managers.setCamelContext(getCamelContext());
      managers.setKeyStore(store);
      parameters.setTrustManagers(managers);
    }
    return parameters;
  }

  private static void require(FTPClient client, boolean succeeded) throws IOException {
    if (!succeeded) {
      throw refusal(client);
    }
  }

  private static IOException refusal(FTPClient client) {
    return new IOException(String.valueOf(client.getReplyString()).strip());
  }

  private static void disconnect(FTPClient client) {
    try {
      client.disconnect();
    } catch (IOException gone) {
      // that is what was wanted
    }
  }

  private final class Session implements Connection {
    private final FTPClient client;

    Session(FTPClient client) {
      this.client = client;
    }

    @Override
    public Optional<Stored> look(String path) throws IOException {
      return asking(() -> size(path).map(size -> new Stored(size, Optional.empty())));
    }

    private Optional<Long> size(String path) throws IOException {
      String size = client.getSize(at(path));
      if (size != null) {
        return Optional.of(Long.parseLong(size.strip()));
      }
      if (client.getReplyCode() == FTPReply.FILE_UNAVAILABLE) {
        return Optional.empty();
      }
      throw refusal(client);
    }

    @Override
    public void put(Path file, String path) throws IOException {
      String target = at(path);
      String temporary = TemporaryName.beside(target);
      asking(
          () -> {
            makeFolders(target);
            try {
              send(file, temporary);
              rename(temporary, target);
            } catch (IOException failure) {
              removeLeftover(temporary);
              throw failure;
            }
            return null;
          });
    }

    private void send(Path file, String target) throws IOException {
      try (InputStream content = Files.newInputStream(file)) {
        require(client, client.storeFile(target, content));
      }
      String size = client.getSize(target);
      if (size != null && Long.parseLong(size.strip()) != Files.size(file)) {
        throw new IOException(
            "of " + Files.size(file) + " bytes that were sent, " + size.strip() + " are there");
      }
    }

    /** Not every server replaces a file by renaming. */
    private void rename(String from, String to) throws IOException {
      if (!client.rename(from, to)) {
        client.deleteFile(to);
        require(client, client.rename(from, to));
      }
    }

    private void removeLeftover(String temporary) {
      try {
        client.deleteFile(temporary);
      } catch (IOException gone) {
        // the connection is; the same name is used again the next time
      }
    }

    /** The answer does not tell a folder that is there from one that cannot be made. */
    private void makeFolders(String target) throws IOException {
      for (int slash = target.indexOf('/', 1); slash > 0; slash = target.indexOf('/', slash + 1)) {
        client.makeDirectory(target.substring(0, slash));
      }
    }

    @Override
    public void get(String path, OutputStream target) throws IOException {
      asking(
          () -> {
            require(client, client.retrieveFile(at(path), target));
            return null;
          });
    }

    @Override
    public void move(String from, String to) throws IOException {
      asking(
          () -> {
            makeFolders(at(to));
            rename(at(from), at(to));
            return null;
          });
    }

    @Override
    public void remove(String path) throws IOException {
      asking(
          () -> {
            if (!client.deleteFile(at(path)) && size(path).isPresent()) {
              throw refusal(client);
            }
            return null;
          });
    }

    private <T> T asking(Question<T> question) throws IOException {
      try {
        return question.ask();
      } catch (IOException | RuntimeException failure) {
        throw Trouble.with(server(), failure);
      }
    }

    @Override
    public void close() {
      try {
        client.logout();
      } catch (IOException gone) {
        // then there is nothing to take leave of
      } finally {
        disconnect(client);
      }
    }
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws IOException;
  }

  public void setPassive(boolean passive) {
    this.passive = passive;
  }

  public void setTls(boolean tls) {
    this.tls = tls;
  }

  public void setImplicit(boolean implicit) {
    this.implicit = implicit;
  }

  public void setTrustStore(String trustStore) {
    this.trustStore = trustStore;
  }

  public void setTrustStorePassword(String trustStorePassword) {
    this.trustStorePassword = trustStorePassword;
  }
}

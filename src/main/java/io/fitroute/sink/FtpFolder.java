package io.fitroute.sink;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
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
 * A folder on an FTP server, plain or with TLS (RFC 4217). With TLS the server's certificate and
 * host name are checked and data is encrypted too. Camel's component is not used because it hides
 * why a connection failed.
 */
public final class FtpFolder extends ServerFolder {

  private boolean passive = true;
  private boolean tls;
  private boolean implicit;
  private String trustStore = "";
  private String trustStorePassword = "";

  @Override
  Connection connect(Sockets sockets) throws IOException {
    FTPClient client = tls ? encrypted(sockets) : new FTPClient();
    client.setSocketFactory(new FtpSockets(sockets));
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

  /** The client alone would accept any certificate that has not expired, for any host. */
  private FTPSClient encrypted(Sockets sockets) throws IOException {
    try {
      return new ResumingFtpsClient(implicit, trust().createSSLContext(getCamelContext()), sockets);
    } catch (GeneralSecurityException failure) {
      throw Trouble.with(server(), failure);
    }
  }

  /** Uses Java's certificate authorities unless a trust store is set. */
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
      // it is disconnected, as intended
    }
  }

  private final class Session implements Connection {
    private final FTPClient client;

    Session(FTPClient client) {
      this.client = client;
    }

    @Override
    public Optional<Stored> stat(String path) throws IOException {
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
    public void send(Path file, String path) throws IOException {
      asking(
          () -> {
            makeFolders(at(path));
            try (InputStream content = Files.newInputStream(file)) {
              require(client, client.storeFile(at(path), content));
            }
            return null;
          });
    }

    @Override
    public InputStream read(String path) throws IOException {
      return asking(
          () -> {
            InputStream content = client.retrieveFileStream(at(path));
            require(client, content != null);
            return new FilterInputStream(content) {
              @Override
              public void close() throws IOException {
                super.close();
                require(client, client.completePendingCommand());
              }
            };
          });
    }

    /** Most servers replace the target of a rename, so its existence is checked first. */
    @Override
    public boolean rename(String from, String to) throws IOException {
      return asking(
          () -> {
            makeFolders(at(to));
            if (size(to).isPresent()) {
              return false;
            }
            require(client, client.rename(at(from), at(to)));
            return true;
          });
    }

    /** If the server is only busy, the replacement is not forced. */
    @Override
    public void replace(String from, String to) throws IOException {
      asking(
          () -> {
            if (!client.rename(at(from), at(to))) {
              require(client, !FTPReply.isNegativeTransient(client.getReplyCode()));
              replaceInSteps(from, to);
            }
            return null;
          });
    }

    /** The reply does not distinguish an existing folder from one that cannot be created. */
    private void makeFolders(String target) throws IOException {
      for (int slash = target.indexOf('/', 1); slash > 0; slash = target.indexOf('/', slash + 1)) {
        client.makeDirectory(target.substring(0, slash));
      }
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
        // there is no session to end
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

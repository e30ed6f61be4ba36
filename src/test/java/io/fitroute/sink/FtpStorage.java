package io.fitroute.sink;

import io.fitroute.TlsKey;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.filesystem.nativefs.NativeFileSystemFactory;
import org.apache.ftpserver.filesystem.nativefs.impl.NativeFileSystemView;
import org.apache.ftpserver.filesystem.nativefs.impl.NativeFtpFile;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.DefaultFtplet;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.FtpSession;
import org.apache.ftpserver.ftplet.FtpletResult;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.ClientAuth;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;
import org.apache.ftpserver.usermanager.impl.TransferRatePermission;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** Apache's FTP server, with or without TLS. */
final class FtpStorage extends FolderStorage {

  private static final int ANY_SPEED = 0;

  private final FtpServer server;
  private final UserManager users;
  private final String home;
  private final Optional<Path> keyStore;
  private final int port;

  /**
   * @param keyStore the TLS key, created by {@link TlsKey}; empty for no TLS
   */
  FtpStorage(Path root, Optional<Path> keyStore) throws Exception {
    this(root, keyStore, "TLSv1.3");
  }

  /**
   * As {@link #FtpStorage(Path, Optional)}.
   *
   * @param protocol the only supported protocol, such as {@code TLSv1.2}
   */
  FtpStorage(Path root, Optional<Path> keyStore, String protocol) throws Exception {
    super(root);
    this.keyStore = keyStore;
    DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
    data.setPassiveAddress(Wire.HOST); // data does not pass through the wire
    ListenerFactory listener = new ListenerFactory();
    listener.setServerAddress("127.0.0.1");
    listener.setPort(0);
    if (keyStore.isPresent()) {
      SslConfiguration ssl = new ResumedSessions(keyStore.orElseThrow(), protocol);
      listener.setSslConfiguration(ssl);
      data.setSslConfiguration(ssl);
    }
    listener.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
    FtpServerFactory factory = new FtpServerFactory();
    factory.addListener("default", listener.createListener());
    factory.setFileSystem(new Disk());
    ConnectionConfigFactory connections = new ConnectionConfigFactory();
    connections.setLoginFailureDelay(0);
    factory.setConnectionConfig(connections.createConnectionConfig());
    users = factory.getUserManager();
    home = root.toString();
    users.save(ann(ANY_SPEED));
    factory.setFtplets(new HashMap<>(Map.of("refusals", new Refusals()))); // emptied at the end
    server = factory.createServer();
    server.start();
    port = wire().lead(factory.getListener("default").getPort());
  }

  private BaseUser ann(int bytesPerSecond) {
    BaseUser ann = new BaseUser();
    ann.setName("ann");
    ann.setPassword(SinkContract.PASSWORD);
    ann.setHomeDirectory(home);
    ann.setAuthorities(
        List.of(
            new WritePermission(),
            new ConcurrentLoginPermission(9, 9),
            new TransferRatePermission(bytesPerSecond, ANY_SPEED)));
    return ann;
  }

  /** Limits the speed of files, in bytes per second, from the next login on. */
  void sendSlowly(int bytesPerSecond) throws FtpException {
    users.save(ann(bytesPerSecond));
  }

  @Override
  public Map<String, String> settings() {
    String name = keyStore.isPresent() ? "ftps" : "ftp";
    Map<String, String> settings = new HashMap<>();
    settings.put(name + ".host", Wire.HOST);
    settings.put(name + ".port", Integer.toString(port));
    settings.put(name + ".user", "ann");
    settings.put(name + ".password", SinkContract.PASSWORD);
    keyStore.ifPresent(
        store -> {
          settings.put("ftps.trust-store", store.toString());
          settings.put("ftps.trust-store-password", TlsKey.PASSWORD);
        });
    return settings;
  }

  @Override
  public Map<String, String> wrongCredentials() {
    return Map.of((keyStore.isPresent() ? "ftps" : "ftp") + ".password", "wrong-word");
  }

  @Override
  public void close() {
    wire().close();
    server.stop();
  }

  /** Refuses RNTO while renames are refused, and DELE while removals are. */
  private final class Refusals extends DefaultFtplet {
    @Override
    public FtpletResult beforeCommand(FtpSession session, FtpRequest request)
        throws FtpException, IOException {
      String command = request.getCommand().toUpperCase(Locale.ROOT);
      boolean isRefused =
          command.equals("RNTO") && refusal() != Refusal.NONE
              || command.equals("DELE") && isKeeping();
      if (!isRefused) {
        return FtpletResult.DEFAULT;
      }
      session.write(new DefaultFtpReply(refusal() == Refusal.NEVER ? 553 : 450, "not now"));
      return FtpletResult.SKIP;
    }
  }

  /**
   * TLS with vsftpd's default: a data connection must resume the session of a control connection.
   * Other clients would need the certificate again, which is refused.
   */
  private static final class ResumedSessions implements SslConfiguration {
    private final SSLContext context;
    private final String protocol;

    ResumedSessions(Path keyStore, String protocol) throws Exception {
      this.protocol = protocol;
      KeyStore keys = KeyStore.getInstance(keyStore.toFile(), TlsKey.PASSWORD.toCharArray());
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, TlsKey.PASSWORD.toCharArray());
      context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {
            new ForControlOnly((X509ExtendedKeyManager) factory.getKeyManagers()[0])
          },
          null,
          null);
    }

    @Override
    public SSLSocketFactory getSocketFactory() {
      return context.getSocketFactory();
    }

    @Override
    public SSLContext getSSLContext() {
      return context;
    }

    @Override
    public SSLContext getSSLContext(String protocol) {
      return context;
    }

    @Override
    public String[] getEnabledCipherSuites() {
      return null; // the server's default, which enables all
    }

    @Override
    public String getEnabledProtocol() {
      return protocol;
    }

    @Override
    public ClientAuth getClientAuth() {
      return ClientAuth.NONE;
    }
  }

  /**
   * Distinguishes control connections, which have an engine, from data connections, which have a
   * socket.
   */
  private static final class ForControlOnly extends X509ExtendedKeyManager {
    private final X509ExtendedKeyManager keys;

    ForControlOnly(X509ExtendedKeyManager keys) {
      this.keys = keys;
    }

    @Override
    public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
      return keys.chooseEngineServerAlias(type, issuers, engine);
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return null; // the handshake fails
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return null;
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return keys.getClientAliases(type, issuers);
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return keys.getServerAliases(type, issuers);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return keys.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return keys.getPrivateKey(alias);
    }
  }

  private final class Disk extends NativeFileSystemFactory {
    @Override
    public FileSystemView createFileSystemView(User user) throws FtpException {
      return new NativeFileSystemView(user, false) {
        @Override
        public FtpFile getFile(String name) {
          NativeFtpFile file = (NativeFtpFile) super.getFile(name);
          return new WritableFile(file, user);
        }
      };
    }
  }

  private final class WritableFile extends NativeFtpFile {
    WritableFile(NativeFtpFile file, User user) {
      super(file.getAbsolutePath(), file.getPhysicalFile(), user);
    }

    @Override
    public OutputStream createOutputStream(long offset) throws IOException {
      return new FilterOutputStream(super.createOutputStream(offset)) {
        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
          if (isFull()) {
            throw new IOException("No space left on device");
          }
          if (!wire().spend(length)) {
            throw new IOException("Connection reset by peer");
          }
          out.write(bytes, from, length);
        }
      };
    }
  }
}

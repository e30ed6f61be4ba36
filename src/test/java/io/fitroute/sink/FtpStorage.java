package io.fitroute.sink;

import io.fitroute.TlsKey;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.filesystem.nativefs.NativeFileSystemFactory;
import org.apache.ftpserver.filesystem.nativefs.impl.NativeFileSystemView;
import org.apache.ftpserver.filesystem.nativefs.impl.NativeFtpFile;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpFile;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** An FTP server, Apache's, with or without TLS. */
final class FtpStorage extends FolderStorage {

  private final FtpServer server;
  private final Optional<Path> keyStore;
  private final int port;

  /**
   * @param keyStore with the key for TLS, as {@link TlsKey} makes it; without one there is none
   */
  FtpStorage(Path root, Optional<Path> keyStore) throws Exception {
    super(root);
    this.keyStore = keyStore;
    DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
    data.setPassiveAddress(Wire.HOST); // data goes another way than along the wire
    ListenerFactory listener = new ListenerFactory();
    listener.setServerAddress("127.0.0.1");
    listener.setPort(0);
    if (keyStore.isPresent()) {
      SslConfigurationFactory ssl = new SslConfigurationFactory();
      ssl.setKeystoreFile(keyStore.orElseThrow().toFile());
      ssl.setKeystorePassword(TlsKey.PASSWORD);
      ssl.setKeystoreType("PKCS12");
      listener.setSslConfiguration(ssl.createSslConfiguration());
      data.setSslConfiguration(ssl.createSslConfiguration());
    }
    listener.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
    FtpServerFactory factory = new FtpServerFactory();
    factory.addListener("default", listener.createListener());
    factory.setFileSystem(new Disk());
    ConnectionConfigFactory connections = new ConnectionConfigFactory();
    connections.setLoginFailureDelay(0);
    factory.setConnectionConfig(connections.createConnectionConfig());
    BaseUser ann = new BaseUser();
    ann.setName("ann");
    ann.setPassword(SinkContract.PASSWORD);
    ann.setHomeDirectory(root.toString());
    ann.setAuthorities(List.of(new WritePermission(), new ConcurrentLoginPermission(9, 9)));
    factory.getUserManager().save(ann);
    server = factory.createServer();
    server.start();
    port = wire().lead(factory.getListener("default").getPort());
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

package io.fitroute.sink;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.component.file.remote.SftpComponent;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.component.file.remote.SftpRemoteFile;

/** A folder on an SSH server, by Camel's SFTP component. A server that is not known is refused. */
@SuppressWarnings("rawtypes") // as Camel has declared its operations
public final class SftpFolder extends ServerFolder {

  private String keyFile = "";
  private String keyPassphrase = "";
  private String knownHosts = "";

  @Override
  public Connection open() throws IOException {
    SftpEndpoint endpoint =
        new SftpEndpoint(
            server(), getCamelContext().getComponent("sftp", SftpComponent.class), configuration());
    endpoint.setCamelContext(getCamelContext());
    endpoint.setMaximumReconnectAttempts(0);
    RemoteFileOperations<SftpRemoteFile> operations = endpoint.createRemoteFileOperations();
    try {
      operations.connect(endpoint.getConfiguration(), endpoint.createExchange());
      return new Session(endpoint, operations);
    } catch (RuntimeException failure) {
      operations.forceDisconnect();
      throw Trouble.with(server(), failure);
    }
  }

  private SftpConfiguration configuration() {
    SftpConfiguration configuration = new SftpConfiguration();
    configuration.setProtocol("sftp");
    configuration.setHost(host());
    configuration.setPort(port());
    configuration.setUsername(user());
    configuration.setPassword(password().isEmpty() ? null : password());
    if (!keyFile.isEmpty()) {
      configuration.setPrivateKeyFile(keyFile);
      configuration.setPrivateKeyPassphrase(keyPassphrase.isEmpty() ? null : keyPassphrase);
    }
    configuration.setPreferredAuthentications("publickey,password,keyboard-interactive");
    configuration.setStrictHostKeyChecking("yes");
    configuration.setUseUserKnownHostsFile(knownHosts.isEmpty());
    if (!knownHosts.isEmpty()) {
      configuration.setKnownHostsFile(knownHosts);
    }
    int millis = (int) patience().toMillis();
    configuration.setConnectTimeout(millis);
    configuration.setSoTimeout(millis);
    configuration.setTimeout(millis);
    configuration.setStreamDownload(true);
    configuration.setThrowExceptionOnConnectFailed(true);
    return configuration;
  }

  @Override
  String protocol() {
    return "sftp";
  }

  private final class Session implements Connection {
    private final SftpEndpoint endpoint;
    private final RemoteFileOperations<SftpRemoteFile> operations;

    Session(SftpEndpoint endpoint, RemoteFileOperations<SftpRemoteFile> operations) {
      this.endpoint = endpoint;
      this.operations = operations;
    }

    @Override
    public Optional<Stored> look(String path) throws IOException {
      try {
        SftpRemoteFile[] found = operations.listFiles(at(path));
        return found.length == 0
            ? Optional.empty()
            : Optional.of(new Stored(found[0].getFileLength(), Optional.empty()));
      } catch (RuntimeException failure) {
        if (isNotThere(failure)) {
          return Optional.empty();
        }
        throw Trouble.with(server(), failure);
      }
    }

    private boolean isNotThere(Throwable failure) {
      return failure instanceof SftpException refusal
          ? refusal.id == ChannelSftp.SSH_FX_NO_SUCH_FILE
          : failure.getCause() != null && isNotThere(failure.getCause());
    }

    @Override
    public void put(Path file, String path) throws IOException {
      String target = at(path);
      String temporary = TemporaryName.beside(target);
      try {
        makeFolders(target);
        send(file, temporary);
        rename(temporary, target, path);
      } catch (IOException | RuntimeException failure) {
        removeLeftover(temporary);
        throw Trouble.with(server(), failure);
      }
    }

    private void makeFolders(String target) {
      int slash = target.lastIndexOf('/');
      if (slash > 0) {
        String folder = target.substring(0, slash);
        operations.buildDirectory(folder, folder.startsWith("/"));
      }
    }

    private void send(Path file, String target) throws IOException {
      Exchange exchange = endpoint.createExchange();
      try (InputStream content = Files.newInputStream(file)) {
        exchange.getIn().setBody(content);
        if (!operations.storeFile(target, exchange, Files.size(file))) {
          throw new IOException("the server did not take the file");
        }
      }
    }

    /** Not every server replaces a file by renaming. */
    private void rename(String from, String to, String path) throws IOException {
      try {
        operations.renameFile(from, to);
      } catch (RuntimeException failure) {
        if (look(path).isEmpty()) {
          throw failure;
        }
        operations.deleteFile(to);
        operations.renameFile(from, to);
      }
    }

    private void removeLeftover(String temporary) {
      try {
        operations.deleteFile(temporary);
      } catch (RuntimeException gone) {
        // or never there; the same name is used again the next time
      }
    }

    @Override
    public void get(String path, OutputStream target) throws IOException {
      Exchange exchange = endpoint.createExchange();
      GenericFile<SftpRemoteFile> file = operations.newGenericFile();
      exchange.setProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE, file);
      try {
        operations.retrieveFile(at(path), exchange, -1);
        try (InputStream content = (InputStream) file.getBody()) {
          content.transferTo(target);
        }
      } catch (RuntimeException failure) {
        throw Trouble.with(server(), failure);
      } finally {
        operations.releaseRetrievedFileResources(exchange);
      }
    }

    @Override
    public void move(String from, String to) throws IOException {
      try {
        makeFolders(at(to));
        rename(at(from), at(to), to);
      } catch (RuntimeException failure) {
        throw Trouble.with(server(), failure);
      }
    }

    @Override
    public void remove(String path) throws IOException {
      if (look(path).isPresent()) {
        try {
          operations.deleteFile(at(path));
        } catch (RuntimeException failure) {
          throw Trouble.with(server(), failure);
        }
      }
    }

    @Override
    public void close() {
      try {
        operations.disconnect();
      } catch (RuntimeException gone) {
        operations.forceDisconnect();
      }
    }
  }

  public void setKeyFile(String keyFile) {
    this.keyFile = keyFile;
  }

  public void setKeyPassphrase(String keyPassphrase) {
    this.keyPassphrase = keyPassphrase;
  }

  public void setKnownHosts(String knownHosts) {
    this.knownHosts = knownHosts;
  }
}

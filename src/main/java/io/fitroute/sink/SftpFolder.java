package io.fitroute.sink;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder on an SSH server. An unknown server is refused. (Camel's component is not used because
 * it has no hard links, which alone never replace an existing file.)
 */
public final class SftpFolder extends ServerFolder {

  private String keyFile = "";
  private String keyPassphrase = "";
  private String knownHosts = "";

  @Override
  Connection connect(Sockets sockets) throws IOException {
    int millis = (int) patience().toMillis();
    try {
      Session session = session();
      session.setTimeout(millis);
      session.setSocketFactory(new SshSockets(sockets, patience()));
      try {
        session.connect(millis);
        ChannelSftp channel = (ChannelSftp) session.openChannel("sftp");
        channel.connect(millis);
        return new SftpConnection(session, channel);
      } catch (JSchException failure) {
        session.disconnect();
        throw failure;
      }
    } catch (JSchException failure) {
      throw Trouble.with(server(), failure);
    }
  }

  private Session session() throws JSchException {
    JSch client = new JSch();
    if (!keyFile.isEmpty()) {
      client.addIdentity(
          keyFile, keyPassphrase.isEmpty() ? null : keyPassphrase.getBytes(StandardCharsets.UTF_8));
    }
    client.setKnownHosts(
        knownHosts.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".ssh", "known_hosts").toString()
            : knownHosts);
    Session session = client.getSession(user(), host(), port());
    session.setConfig("StrictHostKeyChecking", "yes");
    session.setConfig("PreferredAuthentications", "publickey,password,keyboard-interactive");
    if (!password().isEmpty()) {
      session.setPassword(password());
    }
    return session;
  }

  @Override
  String protocol() {
    return "sftp";
  }

  private final class SftpConnection implements Connection {
    private final Session session;
    private final ChannelSftp channel;

    SftpConnection(Session session, ChannelSftp channel) {
      this.session = session;
      this.channel = channel;
    }

    @Override
    public Optional<Stored> stat(String path) throws IOException {
      return attributes(at(path)).map(there -> new Stored(there.getSize(), Optional.empty()));
    }

    private Optional<SftpATTRS> attributes(String path) throws IOException {
      try {
        return Optional.of(channel.lstat(path));
      } catch (SftpException failure) {
        if (failure.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
          return Optional.empty();
        }
        throw Trouble.with(server(), failure);
      }
    }

    @Override
    public void send(Path file, String path) throws IOException {
      makeFolders(at(path));
      try (InputStream content = Files.newInputStream(file)) {
        channel.put(content, at(path), ChannelSftp.OVERWRITE);
      } catch (SftpException failure) {
        throw Trouble.with(server(), failure);
      }
    }

    private void makeFolders(String path) throws IOException {
      int slash = path.lastIndexOf('/');
      if (slash <= 0 || attributes(path.substring(0, slash)).isPresent()) {
        return;
      }
      String folder = path.substring(0, slash);
      makeFolders(folder);
      try {
        channel.mkdir(folder);
      } catch (SftpException failure) {
        if (attributes(folder).isEmpty()) { // else another client created it first
          throw Trouble.with(server(), failure);
        }
      }
    }

    @Override
    public InputStream read(String path) throws IOException {
      try {
        return channel.get(at(path));
      } catch (SftpException failure) {
        throw Trouble.with(server(), failure);
      }
    }

    /** Unlike a rename, a hard link never replaces a file; not every server supports it. */
    @Override
    public boolean rename(String from, String to) throws IOException {
      makeFolders(at(to));
      try {
        channel.hardlink(at(from), at(to));
        channel.rm(at(from));
        return true;
      } catch (SftpException failure) {
        if (attributes(at(to)).isPresent()) {
          return false;
        }
        move(from, to);
        return true;
      }
    }

    private void move(String from, String to) throws IOException {
      try {
        channel.rename(at(from), at(to));
      } catch (SftpException failure) {
        throw Trouble.with(server(), failure);
      }
    }

    @Override
    public void replace(String from, String to) throws IOException {
      try {
        channel.rename(at(from), at(to));
      } catch (SftpException failure) {
        replaceInSteps(from, to);
      }
    }

    @Override
    public void remove(String path) throws IOException {
      try {
        channel.rm(at(path));
      } catch (SftpException failure) {
        if (attributes(at(path)).isPresent()) {
          throw Trouble.with(server(), failure);
        }
      }
    }

    @Override
    public void close() {
      channel.disconnect();
      session.disconnect();
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

package io.fitroute.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.security.KeyPair;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/** Apache's SSH server. */
final class SshStorage extends FolderStorage {

  private final SshServer server = SshServer.setUpDefaultServer();
  private final Path knownHosts;
  private final int port;

  SshStorage(Path root) throws Exception {
    super(root);
    KeyPair key = SecurityUtils.getKeyPairGenerator("RSA").generateKeyPair();
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(key));
    server.setPasswordAuthenticator(
        (user, password, session) -> user.equals("ann") && password.equals(SinkContract.PASSWORD));
    server.setFileSystemFactory(new VirtualFileSystemFactory(root));
    SftpSubsystemFactory sftp =
        new SftpSubsystemFactory.Builder().withFileSystemAccessor(new Disk()).build();
    server.setSubsystemFactories(List.of(sftp));
    server.start();
    port = wire().lead(server.getPort());
    knownHosts = root.resolveSibling("known_hosts");
    Files.writeString(
        knownHosts,
        "[" + Wire.HOST + "]:" + port + " " + PublicKeyEntry.toString(key.getPublic()) + "\n",
        StandardCharsets.UTF_8);
  }

  SshServer server() {
    return server;
  }

  int port() {
    return port;
  }

  Path knownHosts() {
    return knownHosts;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "sftp.host",
        Wire.HOST,
        "sftp.port",
        Integer.toString(port),
        "sftp.user",
        "ann",
        "sftp.password",
        SinkContract.PASSWORD,
        "sftp.known-hosts",
        knownHosts.toString());
  }

  @Override
  public Map<String, String> wrongCredentials() {
    return Map.of("sftp.password", "wrong-word");
  }

  @Override
  public void close() throws IOException {
    wire().close();
    server.stop(true);
  }

  private final class Disk implements SftpFileSystemAccessor {
    @Override
    public void renameFile(
        SftpSubsystemProxy subsystem, Path from, Path to, Collection<CopyOption> options)
        throws IOException {
      if (refusal() != Refusal.NONE) {
        throw new IOException("not now");
      }
      SftpFileSystemAccessor.super.renameFile(subsystem, from, to, options);
    }

    @Override
    public void removeFile(SftpSubsystemProxy subsystem, Path path, boolean isDirectory)
        throws IOException {
      if (isKeeping()) {
        throw new IOException("not now");
      }
      SftpFileSystemAccessor.super.removeFile(subsystem, path, isDirectory);
    }

    @Override
    public void createLink(SftpSubsystemProxy subsystem, Path link, Path existing, boolean symbolic)
        throws IOException {
      if (refusal() != Refusal.NONE) {
        throw new IOException("not now");
      }
      SftpFileSystemAccessor.super.createLink(subsystem, link, existing, symbolic);
    }

    @Override
    public SeekableByteChannel openFile(
        SftpSubsystemProxy subsystem,
        FileHandle handle,
        Path file,
        String name,
        Set<? extends OpenOption> options,
        FileAttribute<?>... attributes)
        throws IOException {
      SeekableByteChannel channel =
          SftpFileSystemAccessor.super.openFile(subsystem, handle, file, name, options, attributes);
      return options.contains(StandardOpenOption.WRITE) ? new Writing(channel) : channel;
    }
  }

  private final class Writing implements SeekableByteChannel {
    private final SeekableByteChannel channel;

    Writing(SeekableByteChannel channel) {
      this.channel = channel;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      if (isFull()) {
        throw new IOException("No space left on device");
      }
      return channel.write(source);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      return channel.read(target);
    }

    @Override
    public long position() throws IOException {
      return channel.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      channel.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      channel.truncate(size);
      return this;
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}

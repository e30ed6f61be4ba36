package io.fitroute.sink;

import io.fitroute.fit.Sha256;
import io.fitroute.sink.Folder.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.apache.camel.Header;

/**
 * A local folder in which a file is present whole or not at all, even after a power failure. The
 * kamelet lets Camel's file component write a temporary file, which is then forced to disk and
 * linked to its path; the folder entry is forced as well. (Camel's own rename replaces existing
 * files and forces nothing.)
 */
public final class FileFolder implements Folder, Connection {

  private final Path base;

  /**
   * @param base created when missing
   */
  public FileFolder(String base) {
    this.base = Path.of(base).toAbsolutePath().normalize();
  }

  @Override
  public Connection open() {
    return this;
  }

  /** A folder or a link is present too, but its content matches no delivery. */
  @Override
  public Optional<Stored> stat(String path) throws IOException {
    Path file = resolve(path);
    if (!isTaken(file)) {
      return Optional.empty();
    }
    BasicFileAttributes there =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    String sha256 = there.isRegularFile() ? Sha256.of(file) : "";
    return Optional.of(new Stored(there.size(), Optional.of(sha256)));
  }

  /**
   * Creates the folders above a temporary name and removes anything already there, including a
   * link.
   */
  public void prepare(@Header("temporary") String temporary) throws IOException {
    DurableFiles.makeFolders(resolve(temporary).getParent());
    clear(temporary);
  }

  /** Removes anything at a temporary name. */
  public void clear(@Header("temporary") String temporary) throws IOException {
    remove(temporary);
  }

  /** Makes the file durable; the file component has already written it. */
  @Override
  public void send(Path file, String path) throws IOException {
    DurableFiles.force(resolve(path));
  }

  @Override
  public InputStream read(String path) throws IOException {
    return Files.newInputStream(resolve(path));
  }

  @Override
  public boolean rename(String from, String to) throws IOException {
    Path source = resolve(from);
    Path target = resolve(to);
    DurableFiles.makeFolders(target.getParent());
    try {
      Files.createLink(target, source);
    } catch (FileAlreadyExistsException taken) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
      if (isTaken(target)) {
        return false;
      }
      DurableFiles.move(source, target);
      return true;
    }
    DurableFiles.forceFolder(target.getParent());
    DurableFiles.delete(source);
    return true;
  }

  @Override
  public void replace(String from, String to) throws IOException {
    DurableFiles.move(resolve(from), resolve(to));
  }

  @Override
  public void remove(String path) throws IOException {
    if (isTaken(resolve(path))) {
      DurableFiles.delete(resolve(path));
    }
  }

  @Override
  public void close() {
    // there is no connection
  }

  private Path resolve(String path) throws IOException {
    Path target = base.resolve(path).normalize();
    if (!target.startsWith(base) || target.equals(base)) {
      throw new IOException("the path " + path + " leads out of the sink's folder");
    }
    return target;
  }

  private static boolean isTaken(Path target) {
    return Files.exists(target, LinkOption.NOFOLLOW_LINKS);
  }
}

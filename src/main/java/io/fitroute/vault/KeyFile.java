package io.fitroute.vault;

import io.fitroute.ledger.PrivateFiles;
import io.fitroute.system.SystemServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The file of the data folder that holds the key, one a line, the newest first: there are two while
 * one takes the place of the other. Only its owner may read it.
 */
final class KeyFile {

  private static final int LARGEST = 4096;

  private final Path file;
  private final SystemServices services;

  KeyFile(Path file, SystemServices services) {
    this.file = file;
    this.services = services;
  }

  Path path() {
    return file;
  }

  /**
   * The keys in it, the newest first; none when there is no such file.
   *
   * @throws WrongKey if it holds anything else
   */
  List<DataKey> read() {
    List<DataKey> keys = new ArrayList<>();
    for (String line : text().lines().filter(line -> !line.isBlank()).toList()) {
      keys.add(
          DataKey.parse(line)
              .orElseThrow(
                  () ->
                      new WrongKey(
                          "the file "
                              + file
                              + " does not contain the expected key: restore it from your backup")));
    }
    return keys;
  }

  /** As {@link #read}; none also when it holds anything else. */
  List<DataKey> readOrNone() {
    try {
      return read();
    } catch (WrongKey unusable) {
      return List.of();
    }
  }

  private String text() {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LARGEST), StandardCharsets.US_ASCII);
    } catch (NoSuchFileException none) {
      return "";
    } catch (IOException e) {
      throw new WrongKey("the file " + file + ", which holds the key, cannot be read");
    }
  }

  /** Makes it, with a new key; if somebody else has just done so, theirs stands. */
  void make() {
    Path draft = draft(List.of(DataKey.random(services.random())));
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException theirs) {
      // both are as good
    } catch (IOException | UnsupportedOperationException noLinks) {
      moveUnlessThere(draft);
    } finally {
      remove(draft);
    }
    forceFolder();
  }

  private void moveUnlessThere(Path draft) {
    try {
      Files.move(draft, file);
    } catch (FileAlreadyExistsException theirs) {
      // both are as good
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Puts other keys in the place of those in it, all at once. */
  void replace(List<DataKey> keys) {
    Path draft = draft(keys);
    try {
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unwritable(e);
    } finally {
      remove(draft);
    }
    forceFolder();
  }

  private Path draft(List<DataKey> keys) {
    StringBuilder lines = new StringBuilder();
    keys.forEach(key -> lines.append(key.text()).append('\n'));
    Path draft = file.resolveSibling("." + file.getFileName() + "." + services.newId());
    try (FileChannel channel =
        FileChannel.open(
            draft,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PrivateFiles.ofFile(draft))) {
      ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
      return draft;
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static void remove(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** So that the name outlives a power cut, too; not every system lets a folder be opened. */
  private void forceFolder() {
    try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
      folder.force(true);
    } catch (IOException cannot) {
      // the file itself is on disk
    }
  }

  private WrongKey unwritable(IOException cause) {
    return new WrongKey(
        "the key cannot be written to "
            + file
            + ": "
            + cause.getClass().getSimpleName()
            + "; make the folder writable, or set data.key");
  }
}

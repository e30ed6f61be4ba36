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
 * The key file in the data folder, one key per line, newest first; it holds two keys during a
 * rotation. Only its owner can read it.
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
   * The keys in the file, newest first; none if there is no file.
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

  /** As {@link #read}, but returns none if the file holds anything else. */
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

  /** Creates the file with a new key, unless another process has just done so. */
  void make() {
    Path draft = draft(List.of(DataKey.random(services.random())));
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException theirs) {
      // either key is fine
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
      // either key is fine
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Replaces the keys atomically. */
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

  /** Makes the name survive a power failure; some systems cannot open a folder. */
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

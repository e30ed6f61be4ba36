package io.fitroute.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Shows which process works on the events of a data folder: the operating system holds the lock for
 * as long as that process lives, and not a moment longer.
 */
public final class ServiceLock implements AutoCloseable {

  private static final String NAME = "service.lock";

  private final FileChannel channel;

  private ServiceLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param folder the data folder; it exists
   * @return empty if another process has it
   */
  public static Optional<ServiceLock> take(Path folder) {
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (isTaken(channel)) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(new ServiceLock(channel));
    } catch (IOException e) {
      throw new UncheckedIOException("the data folder cannot be locked: " + e.getMessage(), e);
    }
  }

  /** Whether another process has the lock of a data folder. */
  public static boolean isHeld(Path folder) {
    if (!Files.exists(folder.resolve(NAME))) {
      return false;
    }
    Optional<ServiceLock> lock = take(folder);
    lock.ifPresent(ServiceLock::close);
    return lock.isEmpty();
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

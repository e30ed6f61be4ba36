package io.fitroute.runtime;

import io.fitroute.http.ErrorMessages;
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
 * Shows which processes work on the events of a data folder. The operating system holds each one's
 * lock exactly as long as the process lives.
 *
 * <p>The first process holds it exclusively at first, so that it can clean up after dead ones, and
 * then shares it.
 */
public final class ServiceLock implements AutoCloseable {

  private static final String NAME = "service.lock";

  private final FileChannel channel;
  private final boolean alone;
  private Optional<FileLock> lock;

  private ServiceLock(FileChannel channel, Optional<FileLock> lock) throws IOException {
    this.channel = channel;
    this.lock = lock;
    this.alone = lock.isPresent();
    if (!alone) {
      share();
    }
  }

  /**
   * Takes the lock, exclusively if no other process holds it, else shared.
   *
   * @param folder the data folder, which exists
   */
  public static ServiceLock take(Path folder) {
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve(NAME),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      return new ServiceLock(channel, exclusive(channel));
    } catch (IOException e) {
      throw new CannotStart(
          "the data folder " + folder + " cannot be locked: " + ErrorMessages.of(e), e);
    }
  }

  /**
   * Takes the lock exclusively until it is closed; empty if another process holds it.
   *
   * @param folder the data folder; created if missing
   */
  public static Optional<ServiceLock> takeAlone(Path folder) {
    DataFolder.make(folder);
    if (isHeld(folder)) {
      return Optional.empty();
    }
    ServiceLock lock = take(folder);
    if (lock.isAlone()) {
      return Optional.of(lock);
    }
    lock.close();
    return Optional.empty();
  }

  /** Whether another process has the lock of a data folder. */
  public static boolean isHeld(Path folder) {
    if (!Files.exists(folder.resolve(NAME))) {
      return false;
    }
    try (ServiceLock lock = take(folder)) {
      return !lock.isAlone();
    }
  }

  /** Whether no other process held the lock when it was taken. */
  boolean isAlone() {
    return alone;
  }

  /** Shares the lock. */
  void share() {
    try {
      if (lock.isPresent()) {
        lock.get().release();
      }
      lock = Optional.of(channel.lock(0, Long.MAX_VALUE, true));
    } catch (OverlappingFileLockException ofThisProcess) {
      lock = Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("the data folder cannot be locked: " + e.getMessage(), e);
    }
  }

  private static Optional<FileLock> exclusive(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException ofThisProcess) {
      return Optional.empty();
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

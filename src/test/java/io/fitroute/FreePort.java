package io.fitroute;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * Ports for servers that know their port before they start or keep it across restarts. They are
 * below 32768, the range the system assigns from.
 */
public final class FreePort {

  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int MOST_TRIES = 1_000;

  /** The byte at the number of a port is locked by the test process that uses the port. */
  private static final FileChannel GIVEN = given();

  private FreePort() {}

  /** A free port of this machine that no other test receives while this process runs. */
  public static int any() {
    return new Random()
        .ints(MOST_TRIES, LOWEST, HIGHEST)
        .filter(port -> isFree(port) && isOurs(port))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isOurs(int port) {
    try {
      return GIVEN.tryLock(port, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileChannel given() {
    Path file =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "fitroute-test-ports-" + System.getProperty("user.name"));
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

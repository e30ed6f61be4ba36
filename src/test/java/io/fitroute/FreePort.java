package io.fitroute;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Ports for servers that know theirs before they start, or keep it when they start again. None of
 * them is among those that a system hands out to others meanwhile, from 32768 on.
 */
public final class FreePort {

  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int MOST_TRIES = 100;

  private FreePort() {}

  /** A port of this machine that nobody uses. */
  public static int any() {
    IntStream ports = new Random().ints(MOST_TRIES, LOWEST, HIGHEST);
    return ports.filter(FreePort::isFree).findFirst().orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}

package io.fitroute.runtime;

import java.io.IOException;
import java.nio.file.Path;

/** Holds the lock of a data folder until its input ends; run as a process. */
final class LockHolder {

  private LockHolder() {}

  /** Takes the lock and prints whether it is exclusive. */
  public static void main(String[] arguments) throws IOException {
    try (ServiceLock lock = ServiceLock.take(Path.of(arguments[0]))) {
      lock.share();
      System.out.println(lock.isAlone() ? "alone" : "with others");
      while (System.in.read() >= 0) {
        // wait for the end of the input
      }
    }
  }
}

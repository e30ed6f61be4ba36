package io.fitroute.runtime;

import java.io.IOException;
import java.nio.file.Path;

/** Holds the lock of a data folder until its input ends; in a process of its own. */
final class LockHolder {

  private LockHolder() {}

  /** Takes the folder, and says whether it has it alone. */
  public static void main(String[] arguments) throws IOException {
    try (ServiceLock lock = ServiceLock.take(Path.of(arguments[0]))) {
      lock.share();
      System.out.println(lock.isAlone() ? "alone" : "with others");
      while (System.in.read() >= 0) {
        // until it is told to end
      }
    }
  }
}

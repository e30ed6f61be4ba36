package io.fitroute.delivery;

import java.io.IOException;
import java.nio.file.Path;

/** Delivers a file to a folder, and prints what came of it; in a process of its own. */
final class DeliverOnFullDisk {

  private DeliverOnFullDisk() {}

  /** Takes the file and the folder. */
  public static void main(String[] arguments) {
    try {
      new FileSink(arguments[1]).deliver(Path.of(arguments[0]), "2026/11/1.fit");
      System.out.println("delivered");
    } catch (IOException e) {
      System.out.println("refused: " + e.getMessage());
    }
  }
}

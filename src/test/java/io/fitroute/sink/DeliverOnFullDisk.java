package io.fitroute.sink;

import io.fitroute.http.ErrorMessages;
import java.nio.file.Path;
import java.util.Map;

/** Delivers a file to a folder and prints the result; run as a process. */
final class DeliverOnFullDisk {

  private DeliverOnFullDisk() {}

  /**
   * @param arguments the file and the folder
   */
  public static void main(String[] arguments) {
    Path base = Path.of(arguments[1]);
    try (Kamelets kamelets =
        new Kamelets(base.getParent(), Map.of("download.base-dir", base.toString()))) {
      kamelets.deliver("file", Path.of(arguments[0]), "2026/11/1.fit");
      System.out.println("delivered");
    } catch (Exception e) {
      System.out.println("refused: " + ErrorMessages.of(e));
    }
  }
}

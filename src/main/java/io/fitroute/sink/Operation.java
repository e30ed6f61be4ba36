package io.fitroute.sink;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The operations of a sink, selected by the header {@code operation}; documented in docs/sinks.md.
 */
public enum Operation {
  PUT("accept the file"),
  STAT("report what it has"),
  GET("return the file"),
  FIND("report whether it has the file"),
  WITHDRAW("withdraw the file"),
  MOVE("rename the file"),
  TRASH("move the file to the trash"),
  PURGE("remove the file");

  private final String task;

  Operation(String task) {
    this.task = task;
  }

  /**
   * The operation of that name.
   *
   * @throws IllegalArgumentException for an unknown name
   */
  public static Operation of(String name) {
    return Arrays.stream(values())
        .filter(operation -> operation.word().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no operation " + name + "; allowed: " + words()));
  }

  private static String words() {
    return Arrays.stream(values()).map(Operation::word).collect(Collectors.joining(", "));
  }

  /** The name in the header {@code operation} and in a kamelet's metadata. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The operation in words that complete "the sink did not ...". */
  public String task() {
    return task;
  }
}

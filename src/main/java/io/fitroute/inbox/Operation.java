package io.fitroute.inbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can stand after {@code inbox:} in a route. */
enum Operation {
  ACCEPT,
  WORK,
  TELL,
  DONE,
  SKIP,
  DEAD,
  NOT_READY,
  FAIL,
  SINK_DOWN,
  PARK;

  static Operation of(String word) {
    return Arrays.stream(values())
        .filter(operation -> operation.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "inbox:"
                        + word
                        + " is not known; after inbox: stands one of "
                        + Arrays.stream(values())
                            .map(Operation::word)
                            .collect(Collectors.joining(", "))));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

package io.fitroute.inbox.camel;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The actions allowed after {@code inbox:} in a route. */
enum InboxAction {
  ACCEPT,
  WORK,
  LOG,
  DONE,
  SKIP,
  DEAD,
  NOT_READY,
  RETRY,
  SINK_DOWN,
  DEFER;

  static InboxAction of(String word) {
    return Arrays.stream(values())
        .filter(operation -> operation.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "inbox:"
                        + word
                        + " is unknown; allowed after inbox: "
                        + Arrays.stream(values())
                            .map(InboxAction::word)
                            .collect(Collectors.joining(", "))));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

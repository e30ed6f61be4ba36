package io.fitroute.delivery;

import io.fitroute.inbox.Event;
import io.fitroute.sink.Operation;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * A file on its way to a path of its own.
 *
 * @param operation how it gets there: put, moved, or into the trash
 * @param wanted the path that it would have if no other had it
 * @param number how many paths were tried before, as others had them
 * @param delivery what it is, with the path that is reserved for it
 * @param replaces the activity's delivery whose place it takes
 * @param isRecorded whether it counts as the activity's delivery once it is there
 * @param eventId the event for which it is done
 */
public record DeliveryIntent(
    Operation operation,
    String wanted,
    int number,
    Delivery delivery,
    Optional<Delivery> replaces,
    boolean isRecorded,
    long eventId) {

  /** A new file for a sink. */
  static DeliveryIntent put(Event event, Delivery file) {
    return new DeliveryIntent(
        Operation.PUT, file.path(), 0, file, Optional.empty(), true, event.id());
  }

  /** A file that goes elsewhere, or gives way to another one. */
  static DeliveryIntent instead(Event event, Operation operation, Delivery file, Delivery old) {
    boolean isRecorded = operation != Operation.TRASH;
    return new DeliveryIntent(
        operation, file.path(), 0, file, Optional.of(old), isRecorded, event.id());
  }

  /** The same, which is no delivery of its own. */
  DeliveryIntent unrecorded() {
    return new DeliveryIntent(operation, wanted, number, delivery, replaces, false, eventId);
  }

  /** The path of a number: the wanted one is the first, then there is a number behind the name. */
  String candidate(int which) {
    if (which == 1) {
      return wanted;
    }
    int dot = wanted.lastIndexOf('.');
    return dot > wanted.lastIndexOf('/')
        ? wanted.substring(0, dot) + "-" + which + wanted.substring(dot)
        : wanted + "-" + which;
  }

  /** The same at the path of a number. */
  DeliveryIntent at(int which) {
    Delivery there = delivery.at(candidate(which), delivery.deliveredAt());
    return new DeliveryIntent(operation, wanted, which, there, replaces, isRecorded, eventId);
  }

  /** A name beside its path that no other event and no other content has. */
  String temporary() {
    int name = delivery.path().lastIndexOf('/') + 1;
    return delivery.path().substring(0, name)
        + Leftovers.TEMPORARY_PREFIX
        + eventId
        + "-"
        + delivery.sha256().substring(0, Math.min(8, delivery.sha256().length()))
        + "-"
        + delivery.path().substring(name);
  }

  /** A path as it looks where neither case nor the way of writing accents makes a difference. */
  static String key(String path) {
    String folded =
        Normalizer.normalize(path, Normalizer.Form.NFC)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFC);
  }
}

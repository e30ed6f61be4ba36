package io.fitroute.delivery;

import io.fitroute.inbox.Event;
import io.fitroute.sink.Operation;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * The intent to deliver a file to a path reserved for it.
 *
 * @param operation how it gets there: put, move or trash
 * @param wanted the path it would have if no other file had it
 * @param number how many paths were already tried and found taken
 * @param delivery the file, with the reserved path
 * @param replaces the activity's delivery that it replaces
 * @param isRecorded whether it becomes the activity's delivery
 * @param eventId the event it serves
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

  /** A file that moves or replaces another one. */
  static DeliveryIntent instead(Event event, Operation operation, Delivery file, Delivery old) {
    boolean isRecorded = operation != Operation.TRASH;
    return new DeliveryIntent(
        operation, file.path(), 0, file, Optional.of(old), isRecorded, event.id());
  }

  /** The same intent, which does not become the activity's delivery. */
  DeliveryIntent unrecorded() {
    return new DeliveryIntent(operation, wanted, number, delivery, replaces, false, eventId);
  }

  /** The path for a number: 1 is the wanted path, others have the number appended to the name. */
  String candidate(int which) {
    if (which == 1) {
      return wanted;
    }
    int dot = wanted.lastIndexOf('.');
    return dot > wanted.lastIndexOf('/')
        ? wanted.substring(0, dot) + "-" + which + wanted.substring(dot)
        : wanted + "-" + which;
  }

  /** The same intent at the path for a number. */
  DeliveryIntent at(int which) {
    Delivery there = delivery.at(candidate(which), delivery.deliveredAt());
    return new DeliveryIntent(operation, wanted, which, there, replaces, isRecorded, eventId);
  }

  /** A name in the same folder that no other event and no other content uses. */
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

  /** The path in a form that ignores case and the encoding of accents. */
  static String key(String path) {
    String folded =
        Normalizer.normalize(path, Normalizer.Form.NFC)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFC);
  }
}

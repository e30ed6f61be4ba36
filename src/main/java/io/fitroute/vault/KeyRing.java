package io.fitroute.vault;

import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The available keys, from the settings and the key file. The setting {@code data.key} is
 * preferred; without it, the first key of the file.
 */
public final class KeyRing {

  private final Optional<DataKey> given;
  private final Optional<DataKey> previous;
  private final KeyFile file;

  private KeyRing(Optional<DataKey> given, Optional<DataKey> previous, KeyFile file) {
    this.given = given;
    this.previous = previous;
    this.file = file;
  }

  /**
   * Collects the keys.
   *
   * @param given the setting {@code data.key}
   * @param previous the setting {@code data.previous-key}
   * @param file the key file, which need not exist
   * @throws WrongKey if a setting is not a valid key
   */
  public static KeyRing of(
      Optional<String> given, Optional<String> previous, Path file, SystemServices services) {
    return new KeyRing(
        given.map(text -> parse("data.key", text)),
        previous.map(text -> parse("data.previous-key", text)),
        new KeyFile(file, services));
  }

  private static DataKey parse(String setting, String text) {
    return DataKey.parse(text)
        .orElseThrow(
            () ->
                new WrongKey(
                    setting
                        + " is not a key (not shown, because it is a secret); allowed: "
                        + DataKey.ALLOWED));
  }

  /**
   * Whether the preferred key comes from a setting, which a running process does not read again.
   */
  public boolean isGiven() {
    return given.isPresent();
  }

  KeyFile file() {
    return file;
  }

  /** The key with an id, if available. */
  Optional<DataKey> find(String id) {
    return all().stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /** The key to use; generated if there is none. */
  DataKey preferred() {
    if (given.isPresent()) {
      return given.get();
    }
    if (file.read().isEmpty()) {
      file.make();
    }
    return file.read().get(0);
  }

  /** Where the key with an id is, as text. */
  String place(String id) {
    return given.filter(key -> key.id().equals(id)).isPresent()
        ? "the setting data.key"
        : previous.filter(key -> key.id().equals(id)).isPresent()
            ? "the setting data.previous-key"
            : "the file " + file.path();
  }

  /** Explains why the key with an id is not available and what to do. */
  WrongKey missing(String id) {
    String there =
        given.isPresent()
            ? "data.key is a different key (" + given.get().id() + ")"
            : file.read().isEmpty()
                ? "there is no file " + file.path()
                : "the file "
                    + file.path()
                    + " contains a different key ("
                    + file.read().get(0).id()
                    + ")";
    return new WrongKey(
        "the tokens in the ledger are encrypted with the key "
            + id
            + ", and "
            + there
            + ": restore that key, or set it as data.previous-key and run ./fitroute key"
            + " rotate; if it is lost, ./fitroute key reset deletes the tokens, and the"
            + " athletes connect again");
  }

  private List<DataKey> all() {
    List<DataKey> all = new ArrayList<>();
    given.ifPresent(all::add);
    previous.ifPresent(all::add);
    all.addAll(file.read());
    return all;
  }
}

package io.fitroute.vault;

import io.fitroute.ledger.Ledger;
import io.fitroute.ledger.SqlText;
import io.fitroute.ledger.Work;
import io.fitroute.system.SystemServices;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Replaces the key in use. All encrypted texts change in one transaction. Another process on the
 * same ledger that reads its key from the file finds the new one there, because the file holds both
 * keys meanwhile.
 */
public final class KeyChange {

  private static final String USE = SqlText.named("use-key");

  private final Ledger ledger;
  private final KeyRing ring;
  private final SystemServices services;

  public KeyChange(Ledger ledger, KeyRing ring, SystemServices services) {
    this.ledger = ledger;
    this.ring = ring;
    this.services = services;
  }

  /**
   * The result.
   *
   * @param before the id of the previous key; empty if there was none
   * @param after the id of the new key
   * @param place where the new key is
   * @param secrets the number of texts encrypted anew
   */
  public record Done(String before, String after, String place, int secrets) {}

  /**
   * Encrypts everything with a new key: the setting {@code data.key} if it is set, else a generated
   * key in the key file.
   *
   * @throws WrongKey if the key in use is missing, or no other key is set
   * @throws UnreadableSecret if something cannot be decrypted; nothing has changed then
   */
  public Done rotate(List<SealedColumn> columns) {
    Vault vault = Vault.open(ledger, ring, services);
    String before = Vault.keyInUse(ledger).orElseThrow();
    DataKey next = next();
    if (next.id().equals(before)) {
      throw new WrongKey(
          "the key in use comes from the setting data.key: set data.previous-key to it, set data.key"
              + " to a new one (openssl rand -hex 32), and run ./fitroute key rotate again");
    }
    return use(
        next,
        before,
        jdbc -> columns.stream().mapToInt(one -> change(jdbc, vault, one, next)).sum());
  }

  private Done use(DataKey next, String before, Work<Integer> change) {
    int secrets =
        ledger.write(
            jdbc -> {
              jdbc.sql(USE).param("id", next.id()).param("now", services.clock().millis()).update();
              return change.on(jdbc);
            });
    if (!ring.isGiven()) {
      ring.file().replace(List.of(next));
    }
    return new Done(before, next.id(), ring.place(next.id()), secrets);
  }

  private record Row(String id, String text) {}

  private static int change(JdbcClient jdbc, Vault vault, SealedColumn place, DataKey next) {
    List<Row> rows =
        jdbc.sql(
                "select %s as id, %s as text from %s where %s <> ''"
                    .formatted(place.id(), place.column(), place.table(), place.column()))
            .query(Row.class)
            .list();
    Vault.Sealer sealer = vault.sealer(next);
    for (Row row : rows) {
      String owner = place.owner(row.id());
      jdbc.sql(
              "update %s set %s = ? where %s = ?"
                  .formatted(place.table(), place.column(), place.id()))
          .params(sealer.seal(vault.open(row.text(), owner), owner), row.id())
          .update();
    }
    return rows.size();
  }

  /**
   * Starts over with another key when the key in use is lost.
   *
   * @param forget deletes everything encrypted and returns how much that was
   */
  public Done reset(Work<Integer> forget) {
    String before = Vault.keyInUse(ledger).orElse("");
    return use(next(), before, forget);
  }

  private DataKey next() {
    if (ring.isGiven()) {
      return ring.preferred();
    }
    DataKey made = DataKey.random(services.random());
    List<DataKey> both = new ArrayList<>(List.of(made));
    both.addAll(ring.file().readOrNone());
    ring.file().replace(both);
    return made;
  }
}

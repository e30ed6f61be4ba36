package io.fitroute.chaos;

/** The values of the setting {@code on-delete}. */
enum OnDelete {
  KEEP,
  TRASH,
  PURGE;

  /** The value for a run, chosen by its seed. */
  static OnDelete of(long seed) {
    return values()[(int) Math.floorMod(seed, (long) values().length)];
  }
}

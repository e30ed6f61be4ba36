package io.fitroute.chaos;

/** The values of the setting {@code on-delete}. */
enum OnDelete {
  KEEP,
  TRASH,
  PURGE;

  /** The one for a run; the seeds take turns. */
  static OnDelete of(long seed) {
    return values()[(int) Math.floorMod(seed, (long) values().length)];
  }
}

package io.fitroute.fit;

/** Why a lap ended. */
public enum LapTrigger {
  /** The lap button was pressed. */
  MANUAL(0),
  TIME(1),
  DISTANCE(2),
  /** A position was reached. */
  POSITION(4),
  /** The session ended. */
  SESSION_END(7);

  private final int number;

  LapTrigger(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}

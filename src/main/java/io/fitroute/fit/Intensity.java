package io.fitroute.fit;

/** Whether a lap was run, or was a rest between two that were. */
public enum Intensity {
  ACTIVE(0),
  REST(1);

  private final int number;

  Intensity(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}

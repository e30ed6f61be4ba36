package io.fitroute.fit;

/** Whether a lap was active or a rest. */
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

package io.fitroute.fit;

/** An event of the activity's timer. */
public enum TimerEvent {
  /** The timer was started, at the beginning or after a pause. */
  START(0),
  /** The timer was stopped for a pause. */
  STOP(1),
  /** The timer was stopped at the end of the activity. */
  STOP_ALL(4);

  private final int number;

  TimerEvent(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}

package io.fitroute.fit;

/** What happened to the activity's stopwatch. */
public enum TimerEvent {
  /** It was started, at the beginning or after a pause. */
  START(0),
  /** It was stopped for a pause. */
  STOP(1),
  /** It was stopped at the end of the activity. */
  STOP_ALL(4);

  private final int number;

  TimerEvent(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}

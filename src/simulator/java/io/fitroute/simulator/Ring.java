package io.fitroute.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last so many of something; safe for several threads. */
final class Ring<T> {

  private final int capacity;
  private final Deque<T> entries = new ArrayDeque<>();

  Ring(int capacity) {
    this.capacity = capacity;
  }

  synchronized void add(T entry) {
    if (entries.size() == capacity) {
      entries.removeFirst();
    }
    entries.addLast(entry);
  }

  /** What is held, oldest first. */
  synchronized List<T> entries() {
    return List.copyOf(entries);
  }

  synchronized void clear() {
    entries.clear();
  }
}

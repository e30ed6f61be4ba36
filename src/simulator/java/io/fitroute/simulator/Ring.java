package io.fitroute.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The most recent entries up to a capacity. Thread-safe. */
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

  /** The entries, oldest first. */
  synchronized List<T> entries() {
    return List.copyOf(entries);
  }

  synchronized void clear() {
    entries.clear();
  }
}

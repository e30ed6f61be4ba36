package io.fitroute;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in which one thread runs out of memory while the others continue. */
final class ExhaustMemory {

  static final String STILL_ALIVE = "still alive";

  private ExhaustMemory() {}

  public static void main(String[] arguments) throws InterruptedException {
    Thread greedy =
        new Thread(
            () -> {
              List<byte[]> taken = new ArrayList<>();
              while (true) {
                taken.add(new byte[1_000_000]);
              }
            });
    greedy.start();
    greedy.join(TimeUnit.SECONDS.toMillis(30));
    System.out.println(STILL_ALIVE);
  }
}

package io.fitroute.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;

/**
 * The one writer of a ledger: whatever waits when it gets to work shares a transaction, and so a
 * forced write to disk, which is what a commit costs.
 *
 * <p>Work that fails does not harm its neighbours: the shared transaction is rolled back and each
 * piece is run again in a transaction of its own.
 */
final class GroupCommit implements AutoCloseable {

  /** More waiting work than this is refused, so that a stuck disk does not fill the memory. */
  static final int MOST_WAITING = 4096;

  private static final int MOST_IN_ONE_COMMIT = 512;
  private static final long IDLE = 0;

  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

  private final BlockingQueue<Pending<?>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong commits = new AtomicLong();
  private final PlatformTransactionManager transactions;
  private final JdbcClient jdbc;
  private final Runnable reconnection;
  private final Optional<String> opening;
  private final Thread writer;
  private volatile boolean closed;
  private volatile long writingSince = IDLE;
  private boolean failing;

  /**
   * Starts to write.
   *
   * @param reconnection makes the next transaction start on a new connection
   * @param opening a query with which each transaction begins
   */
  GroupCommit(
      PlatformTransactionManager transactions,
      JdbcClient jdbc,
      Runnable reconnection,
      Optional<String> opening) {
    this.opening = opening;
    this.transactions = transactions;
    this.jdbc = jdbc;
    this.reconnection = reconnection;
    this.writer = new Thread(this::writeUntilClosed, "ledger-writer");
    this.writer.setDaemon(true);
    this.writer.start();
  }

  /**
   * Queues work.
   *
   * @return completes after the commit that holds the work, or fails with {@link LedgerUnavailable}
   */
  <T> CompletableFuture<T> submit(Work<T> work) {
    Pending<T> pending = new Pending<>(work);
    if (closed) {
      pending.fail(isClosed());
    } else if (!waiting.offer(pending)) {
      pending.fail(
          new LedgerUnavailable(MOST_WAITING + " writes are already waiting for the ledger"));
    } else if (!writer.isAlive() && waiting.remove(pending)) {
      pending.fail(isClosed());
    }
    return pending.result;
  }

  /** For how long the present write has been going on; zero when there is none. */
  Duration writingFor() {
    long since = writingSince;
    return since == IDLE ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
  }

  /** How many transactions have been committed. */
  long commits() {
    return commits.get();
  }

  private void writeUntilClosed() {
    List<Pending<?>> group = new ArrayList<>(MOST_IN_ONE_COMMIT);
    while (!closed || !waiting.isEmpty()) {
      try {
        Pending<?> first = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (first != null) {
          group.add(first);
          waiting.drainTo(group, MOST_IN_ONE_COMMIT - 1);
          write(group);
        }
      } catch (InterruptedException e) {
        closed = true;
      } finally {
        group.clear();
      }
    }
  }

  private void write(List<Pending<?>> group) {
    writingSince = System.nanoTime() | 1;
    try {
      switch (commit(group)) {
        case COMMITTED -> group.forEach(Pending::complete);
        case NOT_STARTED -> group.forEach(Pending::fail);
        case ROLLED_BACK -> writeEach(group);
      }
    } finally {
      writingSince = IDLE;
    }
  }

  private void writeEach(List<Pending<?>> group) {
    for (Pending<?> one : group) {
      if (group.size() > 1 && commit(List.of(one)) == Attempt.COMMITTED) {
        one.complete();
      } else {
        one.fail();
      }
    }
  }

  private Attempt commit(List<Pending<?>> group) {
    TransactionStatus status;
    try {
      status = transactions.getTransaction(null);
    } catch (TransactionException e) {
      failed(group, e);
      // what is wrong with a file, as with a server, may be over for a new one
      reconnection.run();
      return Attempt.NOT_STARTED;
    }
    try {
      opening.ifPresent(query -> jdbc.sql(query).query(row -> {}));
      group.forEach(one -> one.run(jdbc));
    } catch (RuntimeException | Error e) {
      // an error ends one piece of work, not the writer, on which everybody waits
      failed(group, e);
      rollBack(status);
      return Attempt.ROLLED_BACK;
    }
    try {
      transactions.commit(status);
    } catch (TransactionException e) {
      failed(group, e);
      reconnection.run();
      return Attempt.ROLLED_BACK;
    }
    commits.incrementAndGet();
    tellRecovery();
    return Attempt.COMMITTED;
  }

  private void rollBack(TransactionStatus status) {
    try {
      transactions.rollback(status);
    } catch (TransactionException e) {
      // SQLite has done so by itself, as it does when the disk is full
      reconnection.run();
    }
  }

  private void failed(List<Pending<?>> group, Throwable cause) {
    group.forEach(one -> one.failure = Optional.of(unavailable(cause)));
    if (!failing) {
      LOG.warn("The ledger cannot be written: {}", LedgerUnavailable.rootOf(cause));
      failing = true;
    }
  }

  private static LedgerUnavailable unavailable(Throwable cause) {
    return cause instanceof LedgerUnavailable unavailable
        ? unavailable
        : LedgerUnavailable.notWritten(cause);
  }

  private void tellRecovery() {
    if (failing) {
      LOG.info("The ledger can be written again");
      failing = false;
    }
  }

  /** Finishes what is queued, then stops; what is not finished in five seconds has failed. */
  @Override
  public void close() {
    closed = true;
    try {
      writer.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<Pending<?>> unfinished = new ArrayList<>();
    waiting.drainTo(unfinished);
    unfinished.forEach(one -> one.fail(isClosed()));
  }

  private static LedgerUnavailable isClosed() {
    return new LedgerUnavailable("the ledger is closed");
  }

  private enum Attempt {
    COMMITTED,
    NOT_STARTED,
    ROLLED_BACK
  }

  private static final class Pending<T> {
    private final Work<T> work;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private T value;
    private Optional<LedgerUnavailable> failure = Optional.empty();

    Pending(Work<T> work) {
      this.work = work;
    }

    void run(JdbcClient jdbc) {
      value = work.on(jdbc);
    }

    void complete() {
      result.complete(value);
    }

    void fail() {
      fail(failure.orElseGet(GroupCommit::isClosed));
    }

    void fail(LedgerUnavailable cause) {
      result.completeExceptionally(cause);
    }
  }
}

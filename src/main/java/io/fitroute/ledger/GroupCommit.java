package io.fitroute.ledger;

import static org.sqlite.SQLiteErrorCode.SQLITE_CONSTRAINT;
import static org.sqlite.SQLiteErrorCode.SQLITE_MISMATCH;
import static org.sqlite.SQLiteErrorCode.SQLITE_RANGE;
import static org.sqlite.SQLiteErrorCode.SQLITE_TOOBIG;

import io.fitroute.system.SystemServices;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.sqlite.SQLiteException;

/**
 * Lets one thread at a time write to a ledger. Work that waits meanwhile shares the next
 * transaction, and with it the forced write to disk that dominates the cost of a commit.
 *
 * <p>A caller that finds no writer active commits on its own thread, which saves two thread
 * switches. Work that arrived meanwhile is left to a thread of the ledger, so that no caller works
 * long for others.
 *
 * <p>Failing work does not affect other work: the shared transaction is rolled back and each piece
 * is run again in a transaction of its own.
 */
final class GroupCommit implements AutoCloseable {

  /** The limit of waiting work; more is refused so that a stuck disk does not exhaust memory. */
  static final int MOST_WAITING = 4096;

  private static final int MOST_IN_ONE_COMMIT = 512;
  private static final long IDLE = 0;
  private static final Duration RECOVERED_AFTER = Duration.ofSeconds(5);
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  /** SQLite's codes for mistakes of ours: a constraint, a type, an index, a size. */
  private static final Set<Integer> OUR_FAULTS_IN_SQLITE =
      Stream.of(SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_RANGE, SQLITE_TOOBIG)
          .map(code -> code.code)
          .collect(Collectors.toUnmodifiableSet());

  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

  private final BlockingQueue<Pending<?>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong commits = new AtomicLong();
  private final PlatformTransactionManager durable;
  private final PlatformTransactionManager relaxed;
  private final JdbcClient jdbc;
  private final Runnable reconnection;
  private final Optional<Numbering> numbering;
  private final SystemServices services;
  private final Lock turn;
  private final ExecutorService successor;
  private volatile boolean closed;
  private volatile long writingSince = IDLE;
  private boolean failing;
  private long failedAt;

  /**
   * How a database numbers transactions, so that it can be asked what became of one when the
   * response to its commit was lost.
   *
   * @param begin the first query of each transaction; its column {@code number} is the
   *     transaction's number
   * @param status a query that returns {@code committed} or {@code aborted} for such a number
   */
  record Numbering(String begin, String status) {}

  /**
   * @param durable transactions that are on disk once committed
   * @param relaxed transactions that a crash of the machine may undo
   * @param reconnection makes the next transaction use a new connection
   * @param numbering how the database numbers transactions, if it does
   */
  GroupCommit(
      PlatformTransactionManager durable,
      PlatformTransactionManager relaxed,
      JdbcClient jdbc,
      Runnable reconnection,
      Optional<Numbering> numbering,
      SystemServices services) {
    this.durable = durable;
    this.relaxed = relaxed;
    this.jdbc = jdbc;
    this.reconnection = reconnection;
    this.numbering = numbering;
    this.services = services;
    this.turn = services.newLock();
    // work that still waits on closing has failed
    this.successor = services.newSequentialExecutor("ledger-writer");
  }

  /**
   * Runs work on this thread if no other thread is writing, else with the next commit.
   *
   * @param durable whether it must survive a crash of the machine
   * @return completes after the commit; fails with {@link LedgerUnavailable}, or with the work's
   *     own exception if the database did not cause it
   */
  <T> CompletableFuture<T> commit(Work<T> work, boolean durable) {
    Pending<T> pending = queued(work, durable);
    if (!pending.result.isDone()) {
      writeIfNobodyDoes();
    }
    return pending.result;
  }

  /** As {@link #commit}, but never on this thread, so the caller does not wait. */
  <T> CompletableFuture<T> submit(Work<T> work, boolean durable) {
    Pending<T> pending = queued(work, durable);
    successor.execute(this::writeIfNobodyDoes);
    return pending.result;
  }

  private <T> Pending<T> queued(Work<T> work, boolean durable) {
    Pending<T> pending = new Pending<>(work, durable);
    if (closed) {
      pending.fail(isClosed());
    } else if (!waiting.offer(pending)) {
      pending.fail(
          new LedgerUnavailable(MOST_WAITING + " writes are already waiting for the ledger"));
    }
    return pending;
  }

  /** The writer checks for more work afterwards, so that none is left behind. */
  private void writeIfNobodyDoes() {
    if (!turn.tryLock()) {
      return;
    }
    List<Pending<?>> group = new ArrayList<>();
    try {
      waiting.drainTo(group, MOST_IN_ONE_COMMIT);
      write(group);
    } finally {
      turn.unlock();
      if (!waiting.isEmpty()) {
        successor.execute(this::writeIfNobodyDoes);
      }
    }
    // outside the lock, so that the next commit does not wait for the callers' reactions
    group.forEach(Pending::answer);
  }

  /** How long the current write has been running; zero when there is none. */
  Duration writingFor() {
    long since = writingSince;
    return since == IDLE ? Duration.ZERO : Duration.ofNanos(services.nanoTime() - since);
  }

  /** The number of committed transactions. */
  long commits() {
    return commits.get();
  }

  private void write(List<Pending<?>> group) {
    if (group.isEmpty()) {
      return;
    }
    writingSince = services.nanoTime() | 1;
    try {
      if (commit(group) == Attempt.ROLLED_BACK && group.size() > 1) {
        group.forEach(one -> commit(List.of(one)));
      }
    } finally {
      writingSince = IDLE;
    }
  }

  private Attempt commit(List<Pending<?>> group) {
    PlatformTransactionManager transactions =
        group.stream().anyMatch(Pending::isDurable) ? durable : relaxed;
    TransactionStatus status;
    try {
      status = transactions.getTransaction(null);
    } catch (LedgerUnavailable e) {
      failed(group, e);
      return Attempt.LEFT;
    } catch (TransactionException e) {
      failed(group, e);
      // a broken file or server may work on a new connection
      reconnection.run();
      return Attempt.LEFT;
    }
    Optional<String> number;
    try {
      number = numbering.map(how -> jdbc.sql(how.begin()).query(GroupCommit::number).single());
      group.forEach(one -> one.run(jdbc));
    } catch (RuntimeException | Error e) {
      // an error fails this work but must not stop the writer that all others need
      failed(group, e);
      rollBack(transactions, status);
      return Attempt.ROLLED_BACK;
    }
    try {
      transactions.commit(status);
    } catch (LedgerUnavailable e) {
      failed(group, e);
      return Attempt.LEFT;
    } catch (TransactionException e) {
      reconnection.run();
      String outcome = number.map(this::status).orElse("aborted");
      if (!outcome.equals("committed")) {
        failed(group, e);
        // work that may have been committed must not be repeated
        return outcome.equals("aborted") ? Attempt.ROLLED_BACK : Attempt.LEFT;
      }
    }
    group.forEach(one -> one.failure = Optional.empty());
    commits.incrementAndGet();
    logRecovery();
    return Attempt.COMMITTED;
  }

  private static String number(ResultSet row, int index) throws SQLException {
    return row.getString("number");
  }

  private String status(String number) {
    try {
      String query = numbering.orElseThrow().status();
      return jdbc.sql(query).param(Long.valueOf(number)).query(String.class).single();
    } catch (DataAccessException away) {
      return "not known";
    }
  }

  private void rollBack(PlatformTransactionManager transactions, TransactionStatus status) {
    try {
      transactions.rollback(status);
    } catch (TransactionException e) {
      // SQLite has already rolled back, as it does when the disk is full
      reconnection.run();
    }
  }

  private void failed(List<Pending<?>> group, Throwable cause) {
    boolean isOurFault = isOurs(cause);
    RuntimeException reported =
        cause instanceof RuntimeException known
                && (isOurFault || cause instanceof LedgerUnavailable)
            ? known
            : isOurFault ? new IllegalStateException(cause) : LedgerUnavailable.notWritten(cause);
    group.forEach(one -> one.failure = Optional.of(reported));
    if (isOurFault) {
      return;
    }
    if (!failing) {
      LOG.warn("The ledger cannot be written: {}", LedgerUnavailable.rootOf(cause));
    }
    failing = true;
    failedAt = services.nanoTime();
  }

  /** Whether the work itself is at fault and would fail on a working database too. */
  private static boolean isOurs(Throwable cause) {
    return NestedExceptionUtils.getMostSpecificCause(cause) instanceof SQLiteException refused
        ? OUR_FAULTS_IN_SQLITE.contains(refused.getResultCode().code & 0xff)
        : cause instanceof DataIntegrityViolationException
            || cause instanceof BadSqlGrammarException
            || !(cause instanceof DataAccessException
                || cause instanceof TransactionException
                || cause instanceof LedgerUnavailable);
  }

  private void logRecovery() {
    // a full disk may accept one write and refuse the next
    if (failing && services.nanoTime() - failedAt > RECOVERED_AFTER.toNanos()) {
      LOG.info("The ledger can be written again");
      failing = false;
    }
  }

  /** Finishes waiting work; what is not finished within five seconds fails. */
  @Override
  public void close() {
    closed = true;
    try {
      services.await(successor.submit(this::finish), LONGEST_END);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The ledger was closed before everything was written");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    successor.shutdown();
    List<Pending<?>> unfinished = new ArrayList<>();
    waiting.drainTo(unfinished);
    unfinished.forEach(one -> one.fail(isClosed()));
  }

  private void finish() {
    turn.lock(); // a write may still be in progress
    try {
      while (!waiting.isEmpty()) {
        writeIfNobodyDoes();
      }
    } finally {
      turn.unlock();
    }
  }

  private static LedgerUnavailable isClosed() {
    return new LedgerUnavailable("the ledger is closed");
  }

  private enum Attempt {
    COMMITTED,
    ROLLED_BACK,
    /** Nothing was done, or the result is unknown. */
    LEFT
  }

  private static final class Pending<T> {
    private final Work<T> work;
    private final boolean durable;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private T value;
    private Optional<RuntimeException> failure = Optional.empty();

    Pending(Work<T> work, boolean durable) {
      this.work = work;
      this.durable = durable;
    }

    boolean isDurable() {
      return durable;
    }

    void run(JdbcClient jdbc) {
      value = work.on(jdbc);
    }

    /** Completes the caller's future. */
    void answer() {
      failure.ifPresentOrElse(this::fail, () -> result.complete(value));
    }

    void fail(RuntimeException cause) {
      result.completeExceptionally(cause);
    }
  }
}

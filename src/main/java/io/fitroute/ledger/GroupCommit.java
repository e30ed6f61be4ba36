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
 * Lets one thread write to a ledger at a time. Work that waits meanwhile shares the next
 * transaction, and so one forced write to disk, which is what a commit costs.
 *
 * <p>Whoever finds nobody writing commits on its own thread, which spares it two thread switches.
 * What has come in when it is done is left to a thread of the ledger, so that nobody works for
 * others for long.
 *
 * <p>Work that fails does not harm its neighbours: the shared transaction is rolled back and each
 * piece is run again in a transaction of its own.
 */
final class GroupCommit implements AutoCloseable {

  /** More waiting work than this is refused, so that a stuck disk does not fill the memory. */
  static final int MOST_WAITING = 4096;

  private static final int MOST_IN_ONE_COMMIT = 512;
  private static final long IDLE = 0;
  private static final Duration RECOVERED_AFTER = Duration.ofSeconds(5);
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  /** What SQLite says to a mistake: a constraint, a type, an index, too much of something. */
  private static final Set<Integer> OURS_IN_SQLITE =
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
   * How a database numbers transactions, so that it can be asked what became of one when the answer
   * to its commit was lost.
   *
   * @param begin a query with which each transaction begins; its column {@code number} is the
   *     transaction's
   * @param status a query that yields {@code committed} or {@code aborted} for such a number
   */
  record Numbering(String begin, String status) {}

  /**
   * @param durable transactions that are on disk once they are committed
   * @param relaxed transactions that a breakdown of the machine may undo
   * @param reconnection makes the next transaction start on a new connection
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
    // what waits when it is closed has failed
    this.successor = services.newSequentialExecutor("ledger-writer");
  }

  /**
   * Has work done: on this thread if nobody is writing, else with the next commit.
   *
   * @param durable whether a breakdown of the machine must not undo it
   * @return completes after the commit that holds the work; fails with {@link LedgerUnavailable},
   *     or with what the work threw if that is none of the database's doing
   */
  <T> CompletableFuture<T> commit(Work<T> work, boolean durable) {
    Pending<T> pending = queued(work, durable);
    if (!pending.result.isDone()) {
      writeIfNobodyDoes();
    }
    return pending.result;
  }

  /** As {@link #commit}, but never on this thread, so that it does not wait. */
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

  /** Whoever writes looks for more afterwards, so that nothing is left behind. */
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
    // the next commit need not wait for what is done with the results
    group.forEach(Pending::answer);
  }

  /** For how long the present write has been going on; zero when there is none. */
  Duration writingFor() {
    long since = writingSince;
    return since == IDLE ? Duration.ZERO : Duration.ofNanos(services.nanoTime() - since);
  }

  /** How many transactions have been committed. */
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
      // what is wrong with a file, as with a server, may be over for a new one
      reconnection.run();
      return Attempt.LEFT;
    }
    Optional<String> number;
    try {
      number = numbering.map(how -> jdbc.sql(how.begin()).query(GroupCommit::number).single());
      group.forEach(one -> one.run(jdbc));
    } catch (RuntimeException | Error e) {
      // an error ends one piece of work, not the writer, on which everybody waits
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
        // what may have been committed must not be done a second time
        return outcome.equals("aborted") ? Attempt.ROLLED_BACK : Attempt.LEFT;
      }
    }
    group.forEach(one -> one.failure = Optional.empty());
    commits.incrementAndGet();
    tellRecovery();
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
      // SQLite has done so by itself, as it does when the disk is full
      reconnection.run();
    }
  }

  private void failed(List<Pending<?>> group, Throwable cause) {
    boolean ours = isOurs(cause);
    RuntimeException told =
        cause instanceof RuntimeException known && (ours || cause instanceof LedgerUnavailable)
            ? known
            : ours ? new IllegalStateException(cause) : LedgerUnavailable.notWritten(cause);
    group.forEach(one -> one.failure = Optional.of(told));
    if (ours) {
      return;
    }
    if (!failing) {
      LOG.warn("The ledger cannot be written: {}", LedgerUnavailable.rootOf(cause));
    }
    failing = true;
    failedAt = services.nanoTime();
  }

  /** Whether the work is at fault, which would fail however well the database does. */
  private static boolean isOurs(Throwable cause) {
    return NestedExceptionUtils.getMostSpecificCause(cause) instanceof SQLiteException refused
        ? OURS_IN_SQLITE.contains(refused.getResultCode().code & 0xff)
        : cause instanceof DataIntegrityViolationException
            || cause instanceof BadSqlGrammarException
            || !(cause instanceof DataAccessException
                || cause instanceof TransactionException
                || cause instanceof LedgerUnavailable);
  }

  private void tellRecovery() {
    // a full disk takes one write and refuses the next
    if (failing && services.nanoTime() - failedAt > RECOVERED_AFTER.toNanos()) {
      LOG.info("The ledger can be written again");
      failing = false;
    }
  }

  /** Finishes what waits, and what is not finished in five seconds has failed. */
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
    turn.lock(); // somebody may be writing still
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
    /** Nothing was done, or nobody knows what was. */
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

    /** Tells how it came out. */
    void answer() {
      failure.ifPresentOrElse(this::fail, () -> result.complete(value));
    }

    void fail(RuntimeException cause) {
      result.completeExceptionally(cause);
    }
  }
}

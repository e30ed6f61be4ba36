package io.fitroute.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.fitroute.system.SystemServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/**
 * The database of the service: events, activities, deliveries, athletes, budget.
 *
 * <p>All writes of a process go through one writer that commits for all waiting callers ({@link
 * #write(Work)}). SQLite allows one writing connection and makes the others sleep and retry, which
 * starves some of them for seconds; therefore a single connection writes and callers queue here.
 * Reads run in parallel.
 */
public final class Ledger implements AutoCloseable {

  private static final String SQLITE = "jdbc:sqlite:";

  /** How long another process may lock an SQLite file before our writes fail. */
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(15);

  private static final Duration LONGEST_WRITE = Duration.ofSeconds(20);
  private static final int MOST_READERS = 4;

  /** Few enough rows that other writers do not notice the delay. */
  private static final int PORTION = 500;

  /**
   * Several processes may use one ledger on a server. Each of their writes takes this lock until
   * its transaction ends, so writes are serial as with SQLite and code written for one writer stays
   * correct. Reads run in parallel.
   */
  static final long WRITER_LOCK = 7304618250231L;

  static final GroupCommit.Numbering ONE_WRITER =
      new GroupCommit.Numbering(
          "select pg_advisory_xact_lock(" + WRITER_LOCK + "), txid_current() as number",
          "select txid_status(?)");

  /** Merges SQLite's journal into the file every 16 MB instead of every 4 MB. */
  private static final String SELDOM_CHECKPOINTS = "pragma wal_autocheckpoint = 4000";

  /** SQLite keeps its journal as long as one connection is open. */
  private static final long FOR_GOOD = 0;

  private final HikariDataSource writing;
  private final HikariDataSource reading;
  private final JdbcClient reader;
  private final GroupCommit writer;
  private final SystemServices services;
  private final Optional<Sharing> sharing;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  private Ledger(
      HikariDataSource writing,
      PlatformTransactionManager durable,
      PlatformTransactionManager relaxed,
      HikariDataSource reading,
      Optional<GroupCommit.Numbering> numbering,
      Optional<Sharing> sharing,
      SystemServices services) {
    this.writing = writing;
    this.reading = reading;
    this.sharing = sharing;
    this.services = services;
    this.reader = JdbcClient.create(reading);
    this.writer =
        new GroupCommit(
            durable,
            relaxed,
            JdbcClient.create(writing),
            () -> writing.getHikariPoolMXBean().softEvictConnections(),
            numbering,
            services);
  }

  /**
   * Opens a ledger, creating it or migrating its tables if necessary.
   *
   * @param url {@code jdbc:sqlite:FILE}, optionally with pragmas after a question mark, or {@code
   *     jdbc:postgresql:...}
   * @throws LedgerUnavailable if it cannot be used, with the reason in one line
   */
  public static Ledger open(String url, String user, String password, SystemServices services) {
    return file(url).isPresent()
        ? openFile(url, BUSY_TIMEOUT, services)
        : openServer(url, user, password, services);
  }

  /** As {@link #open(String, String, String, SystemServices)}, with the services of the JDK. */
  public static Ledger open(String url, String user, String password) {
    return open(url, user, password, SystemServices.ofJdk());
  }

  /** The file of a ledger URL; empty for a server. */
  public static Optional<Path> file(String url) {
    return url.startsWith(SQLITE)
        ? Optional.of(Path.of(url.substring(SQLITE.length()).replaceFirst("\\?.*", "")))
        : Optional.empty();
  }

  /**
   * As {@link #open}, for a file.
   *
   * @param patience how long another process may keep it locked
   */
  static Ledger openFile(String url, Duration patience, SystemServices services) {
    makePrivate(file(url).orElseThrow());
    requireWritable(file(url).orElseThrow().toAbsolutePath());
    DataSource file = sqlite(url, patience, false);
    migrate(file, true, url);
    HikariConfig one = pool("ledger-writer", 1);
    one.setMaxLifetime(FOR_GOOD);
    one.setDataSource(new StatementCache(file));
    one.setConnectionInitSql(SELDOM_CHECKPOINTS);
    HikariConfig some = pool("ledger-readers", MOST_READERS);
    some.setReadOnly(true);
    some.setMaxLifetime(FOR_GOOD);
    some.setDataSource(new StatementCache(sqlite(url, patience, true)));
    HikariDataSource writing = new HikariDataSource(one);
    OpenFiles files = new OpenFiles(file(url).orElseThrow());
    Ledger ledger =
        new Ledger(
            writing,
            new FileTransactions(writing, files, "full"),
            new FileTransactions(writing, files, "normal"),
            new HikariDataSource(some),
            Optional.empty(),
            Optional.empty(),
            services);
    return usable(ledger, url);
  }

  private static Ledger openServer(
      String url, String user, String password, SystemServices services) {
    Server server = new Server(url, user, password);
    migrate(server.plain(), false, url);
    HikariDataSource writing = server.writing(pool("ledger-writer", 1));
    HikariConfig some = pool("ledger-readers", MOST_READERS);
    some.setReadOnly(true);
    HikariDataSource reading = server.reading(some);
    HikariDataSource beside = server.claiming(pool("ledger-claims", 1));
    LedgerNotifications notifications = new LedgerNotifications(server.plain(), reading, services);
    PlatformTransactionManager transactions = new DataSourceTransactionManager(writing);
    return usable(
        new Ledger(
            writing,
            transactions,
            transactions,
            reading,
            Optional.of(ONE_WRITER),
            Optional.of(new Sharing(beside, notifications)),
            services),
        url);
  }

  static void migrate(DataSource dataSource, boolean sqlite, String url) {
    try {
      Migrations.apply(dataSource, sqlite);
    } catch (LedgerUnavailable e) {
      throw unusable(url, e);
    }
  }

  private static LedgerUnavailable unusable(String url, Exception cause) {
    return new LedgerUnavailable(
        "the ledger " + LedgerAddress.shown(url) + " cannot be used: " + cause.getMessage(), cause);
  }

  private static HikariConfig pool(String name, int most) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
    config.setInitializationFailTimeout(-1);
    return config;
  }

  private static Ledger usable(Ledger ledger, String url) {
    try (Connection connection = ledger.reading.getConnection()) {
      connection.isValid(5);
      return ledger;
    } catch (SQLException e) {
      ledger.close();
      throw unusable(url, e);
    }
  }

  static DataSource sqlite(String url, Duration patience, boolean readOnly) {
    SQLiteConfig config = new SQLiteConfig();
    // the file exists by now; if it is removed, it must not be created again empty
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setBusyTimeout((int) patience.toMillis());
    config.setReadOnly(readOnly);
    // they are not used and would cost a query after each insert
    config.setGetGeneratedKeys(false);
    if (!readOnly) {
      config.setJournalMode(SQLiteConfig.JournalMode.WAL);
      config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
      config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    }
    SQLiteDataSource file = new SQLiteDataSource(config);
    file.setUrl(url);
    return file;
  }

  /** SQLite gives its journal the permissions of the file, so the file is created first. */
  private static void makePrivate(Path file) {
    try {
      PrivateFiles.createFolder(file.toAbsolutePath().getParent());
      PrivateFiles.createFile(file);
    } catch (IOException e) {
      throw new LedgerUnavailable(
          "the ledger "
              + file
              + " cannot be created: "
              + e.getClass().getSimpleName()
              + " "
              + e.getMessage(),
          e);
    }
  }

  /** SQLite itself would only report that it cannot be opened. */
  private static void requireWritable(Path file) {
    for (Path one : List.of(file.getParent(), file)) {
      if (Files.exists(one) && !Files.isWritable(one)) {
        throw new LedgerUnavailable(
            "the ledger " + file + " cannot be used: " + one + " cannot be written to");
      }
    }
    if (Files.isDirectory(file)) {
      throw new LedgerUnavailable("the ledger " + file + " cannot be used: it is a folder");
    }
  }

  /** For reads; writes are refused where the database supports that. */
  public JdbcClient read() {
    return reader;
  }

  /**
   * Writes and waits for the commit.
   *
   * @throws LedgerUnavailable if it was not committed or the result is unknown
   * @throws RuntimeException the work's own exception if the work is at fault
   */
  public <T> T write(Work<T> work) {
    return committed(commit(work));
  }

  private <T> T committed(CompletableFuture<T> result) {
    try {
      return services.await(result, LONGEST_WRITE);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new CompletionException(e.getCause());
    } catch (TimeoutException e) {
      throw new LedgerUnavailable("the ledger did not write within " + LONGEST_WRITE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailable("interrupted while waiting for the ledger", e);
    }
  }

  /**
   * Writes in portions, each in a transaction of its own, until one affects fewer rows than its
   * limit.
   *
   * @param portion the work for at most the given number of rows; returns the number of rows
   *     affected
   * @return the total number of rows
   */
  public int writeInPortions(IntFunction<Work<Integer>> portion) {
    int all = 0;
    int some;
    do {
      some = write(portion.apply(PORTION));
      all += some;
    } while (some == PORTION);
    return all;
  }

  /**
   * As {@link #write(Work)}, without waiting.
   *
   * @return completes after the commit; usually it is complete on return
   */
  public <T> CompletableFuture<T> commit(Work<T> work) {
    return writer.commit(work, true);
  }

  /** As {@link #commit(Work)}, but returns at once even if the disk does not respond. */
  public <T> CompletableFuture<T> submit(Work<T> work) {
    return writer.submit(work, true);
  }

  /** Writes in the background; a crash of the machine may undo it. */
  public void note(Work<?> work) {
    writer.submit(work, false);
  }

  /**
   * Whether the database locks single rows, so that {@link #writeBeside} does not wait for the one
   * writer of each process.
   */
  public boolean locksRows() {
    return sharing.isPresent();
  }

  /**
   * As {@link #write(Work)}, but in parallel with the writer where the database locks rows, and
   * without waiting for the disk. For work that tolerates concurrent writes and being undone by a
   * crash of the machine. A killed process undoes nothing.
   *
   * @throws LedgerUnavailable if it was not committed or the result is unknown
   */
  public <T> T writeBeside(Work<T> work) {
    return sharing.isPresent() ? sharing.get().write(work) : committed(writer.commit(work, false));
  }

  /**
   * Notifies listeners in this process, and in others that share the ledger on a server, of new
   * work. To be called after the commit; returns quickly.
   */
  public void announce() {
    notifyListeners();
    sharing.map(Sharing::notifications).ifPresent(LedgerNotifications::send);
  }

  private void notifyListeners() {
    listeners.forEach(Runnable::run);
  }

  /**
   * Adds a listener for {@link #announce()}; it is called from any thread and must return quickly.
   */
  public void onAnnouncement(Runnable listener) {
    listeners.add(listener);
    sharing
        .map(Sharing::notifications)
        .ifPresent(notifications -> notifications.listen(this::notifyListeners));
  }

  /** Removes a listener. */
  public void forget(Runnable listener) {
    listeners.remove(listener);
  }

  /** Whether announcements of other processes are currently received at once. */
  public boolean isListening() {
    return sharing.map(Sharing::notifications).filter(LedgerNotifications::isListening).isPresent();
  }

  /**
   * How long the current write has been running, zero when there is none; a caller that cannot wait
   * checks this first.
   */
  public Duration writingFor() {
    return writer.writingFor();
  }

  /** The number of transactions committed since it was opened. */
  public long commits() {
    return writer.commits();
  }

  @Override
  public void close() {
    writer.close();
    sharing.ifPresent(Sharing::close);
    reading.close();
    writing.close();
  }
}

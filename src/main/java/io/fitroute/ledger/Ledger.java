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
 * The database that remembers everything: events, activities, deliveries, athletes, budget.
 *
 * <p>All writing of a program goes through one writer that commits for everybody who waits ({@link
 * #write(Work)}). SQLite lets one connection write at a time and has the others sleep and try
 * again, which starves some for seconds; so one connection writes, and the waiting is done here.
 * Reading goes on beside it.
 */
public final class Ledger implements AutoCloseable {

  private static final String SQLITE = "jdbc:sqlite:";

  /** How long another program may keep an SQLite file locked without any of our writes failing. */
  private static final Duration PATIENCE_WITH_OTHERS = Duration.ofSeconds(15);

  private static final Duration LONGEST_WRITE = Duration.ofSeconds(20);
  private static final int MOST_READERS = 4;

  /** So few rows that whoever wants to write meanwhile does not wait noticeably. */
  private static final int PORTION = 500;

  /**
   * On a server several programs may have this ledger open. Each of their writes begins with this
   * lock, which ends with the transaction: so they write one after the other, as with SQLite, and
   * what was thought out for one writer holds for all. Reading goes on beside it.
   */
  static final long WRITER_LOCK = 7304618250231L;

  static final GroupCommit.Numbering ONE_WRITER =
      new GroupCommit.Numbering(
          "select pg_advisory_xact_lock(" + WRITER_LOCK + "), txid_current() as number",
          "select txid_status(?)");

  /** SQLite's journal is taken over into the file every 16 MB; by default it would be every 4. */
  private static final String SELDOM_CHECKPOINTS = "pragma wal_autocheckpoint = 4000";

  /** While one connection is open, SQLite does not take its journal away. */
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
   * Opens a ledger, making it or bringing its tables up to date if need be.
   *
   * @param url {@code jdbc:sqlite:FILE}, with pragmas after a question mark if need be, or {@code
   *     jdbc:postgresql:...}
   * @throws LedgerUnavailable if it cannot be used, with the reason in one line
   */
  public static Ledger open(String url, String user, String password, SystemServices services) {
    return file(url).isPresent()
        ? openFile(url, PATIENCE_WITH_OTHERS, services)
        : openServer(url, user, password, services);
  }

  /** As {@link #open(String, String, String, SystemServices)}, with the services of the JDK. */
  public static Ledger open(String url, String user, String password) {
    return open(url, user, password, SystemServices.ofJdk());
  }

  /** Where a ledger of that URL lies; empty if it is on a server. */
  public static Optional<Path> file(String url) {
    return url.startsWith(SQLITE)
        ? Optional.of(Path.of(url.substring(SQLITE.length()).replaceFirst("\\?.*", "")))
        : Optional.empty();
  }

  /**
   * As {@link #open}, for a file.
   *
   * @param patience how long another program may keep it locked
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
    LedgerNotifications news = new LedgerNotifications(server.plain(), reading, services);
    PlatformTransactionManager transactions = new DataSourceTransactionManager(writing);
    return usable(
        new Ledger(
            writing,
            transactions,
            transactions,
            reading,
            Optional.of(ONE_WRITER),
            Optional.of(new Sharing(beside, news)),
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
    // it is there by now: one that was taken away is not made anew, empty
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setBusyTimeout((int) patience.toMillis());
    config.setReadOnly(readOnly);
    // nobody asks for them, and they would be one more query after each insert
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

  /** SQLite gives its journal the permissions of the file it finds, so the file is made first. */
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

  /** What SQLite says of it is that it cannot be opened. */
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

  /** For reading; it refuses to write where the database lets it. */
  public JdbcClient read() {
    return reader;
  }

  /**
   * Writes, and waits for the commit.
   *
   * @throws LedgerUnavailable if it was not committed, or is not known to be
   * @throws RuntimeException what the work threw, if it is at fault
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
   * Writes in portions, each in a transaction of its own, until one finds less to do than it may.
   *
   * @param portion what is to be done with so many rows at the most; yields with how many it was
   * @return with how many in all
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
   * As {@link #write(Work)}, for somebody who waits in another way.
   *
   * @return completes after the commit; usually it has when this returns
   */
  public <T> CompletableFuture<T> commit(Work<T> work) {
    return writer.commit(work, true);
  }

  /** As {@link #commit(Work)}, but returns at once, even while the disk does not answer. */
  public <T> CompletableFuture<T> submit(Work<T> work) {
    return writer.submit(work, true);
  }

  /** Writes soon what nobody waits for, and what a breakdown of the machine may undo. */
  public void note(Work<?> work) {
    writer.submit(work, false);
  }

  /**
   * Whether the database locks single rows, so that {@link #writeBeside} need not wait for the one
   * writer of each program.
   */
  public boolean locksRows() {
    return sharing.isPresent();
  }

  /**
   * As {@link #write(Work)}, but beside the one writer where the database locks rows, and without
   * waiting for the disk: for what does not mind what others write meanwhile, nor being undone by a
   * breakdown of the machine. A killed process undoes nothing.
   *
   * @throws LedgerUnavailable if it was not committed, or is not known to be
   */
  public <T> T writeBeside(Work<T> work) {
    return sharing.isPresent() ? sharing.get().write(work) : committed(writer.commit(work, false));
  }

  /**
   * Tells all programs that have this ledger open on a server, and those in this one who listen,
   * that there is something new to work on. To be called after it was committed; quickly done.
   */
  public void announce() {
    tellListeners();
    sharing.map(Sharing::news).ifPresent(LedgerNotifications::tell);
  }

  private void tellListeners() {
    listeners.forEach(Runnable::run);
  }

  /** Has somebody told of each {@link #announce()}; from any thread, and quickly done. */
  public void onNews(Runnable listener) {
    listeners.add(listener);
    sharing.map(Sharing::news).ifPresent(news -> news.listen(this::tellListeners));
  }

  /** Tells somebody no longer. */
  public void forget(Runnable listener) {
    listeners.remove(listener);
  }

  /** Whether at present what other programs announce is heard at once. */
  public boolean hearsNews() {
    return sharing.map(Sharing::news).filter(LedgerNotifications::isHearing).isPresent();
  }

  /**
   * For how long the present write has been going on, zero when there is none: whoever cannot wait
   * knows by it that waiting is of no use.
   */
  public Duration writingFor() {
    return writer.writingFor();
  }

  /** How many transactions have been committed since it was opened. */
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

package io.fitroute.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fitroute.runtime.LogLines;
import io.fitroute.system.SystemServices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.sqlite.SQLiteDataSource;

class GroupCommitTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;

  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger begunRelaxed = new AtomicInteger();
  private final AtomicInteger reconnected = new AtomicInteger();
  private SingleConnectionDataSource connection;
  private JdbcClient elsewhere;
  private GroupCommit writer;
  private volatile boolean transactionsStart = true;
  private volatile boolean answersArrive = true;

  @BeforeEach
  void open() {
    SQLiteDataSource file = new SQLiteDataSource();
    file.setUrl("jdbc:sqlite:" + folder.resolve("test.db") + "?journal_mode=WAL&synchronous=OFF");
    elsewhere = JdbcClient.create(file);
    elsewhere.sql("create table note (number integer not null unique)").update();
    connection = new SingleConnectionDataSource(file.getUrl(), true);
    writer =
        new GroupCommit(
            new CountedTransactions(begun),
            new CountedTransactions(begunRelaxed),
            JdbcClient.create(connection),
            reconnected::incrementAndGet,
            Optional.empty(),
            SystemServices.ofJdk());
  }

  @AfterEach
  void close() {
    released.countDown();
    writer.close();
    connection.destroy();
  }

  @Test
  void whatWaitsTogetherSharesACommit() {
    CompletableFuture<Integer> first = occupy();
    List<CompletableFuture<Integer>> others = submitNotes(1, 99);

    released.countDown();

    assertThat(first).succeedsWithin(SOON);
    assertThat(others).allSatisfy(one -> assertThat(one).succeedsWithin(SOON).isEqualTo(1));
    assertThat(begun).hasValue(2);
    assertThat(writer.commits()).isEqualTo(2);
    assertThat(notes()).hasSize(99);
  }

  @Test
  void whoFindsNobodyWritingCommitsOnItsOwnThread() {
    List<Thread> writers = new ArrayList<>();

    CompletableFuture<Boolean> written =
        writer.commit(jdbc -> writers.add(Thread.currentThread()), true);

    assertThat(written).isCompletedWithValue(true);
    assertThat(writers).containsExactly(Thread.currentThread());
  }

  @Test
  void whoeverCommitsForOthersIsReleasedAfterOneCommit() {
    CompletableFuture<Integer> first = occupy();
    List<Thread> writers = new ArrayList<>();
    CompletableFuture<Boolean> next =
        writer.commit(jdbc -> writers.add(Thread.currentThread()), true);

    released.countDown();

    assertThat(first).succeedsWithin(SOON);
    assertThat(next).succeedsWithin(SOON);
    assertThat(writers).extracting(Thread::getName).containsExactly("ledger-writer");
  }

  @Test
  void whatMayBeUndoneDoesNotWaitForTheDiskUnlessItSharesACommitWithWhatMayNot() {
    assertThat(writer.commit(jdbc -> 1, false)).isCompletedWithValue(1);
    assertThat(begunRelaxed).hasValue(1);
    assertThat(begun).hasValue(0);

    occupy();
    List<CompletableFuture<Integer>> together =
        List.of(writer.submit(jdbc -> 2, false), writer.submit(jdbc -> 3, true));
    released.countDown();

    assertThat(together).allSatisfy(one -> assertThat(one).succeedsWithin(SOON));
    assertThat(begunRelaxed).hasValue(1);
    assertThat(begun).hasValue(2);
  }

  @Test
  void whatIsCompleteCanBeSeenByOthers() {
    for (int number = 1; number <= 20; number++) {
      assertThat(submitNote(number).thenApply(inserted -> notes()))
          .succeedsWithin(SOON)
          .asInstanceOf(InstanceOfAssertFactories.LIST)
          .contains(number);
    }
  }

  @Test
  void workThatFailsDoesNotHarmItsNeighbours() {
    occupy();
    List<CompletableFuture<Integer>> before = submitNotes(1, 5);
    CompletableFuture<Integer> failing =
        submit(
            jdbc -> {
              jdbc.sql("insert into note (number) values (99)").update();
              throw new IllegalStateException("not like this");
            });
    CompletableFuture<Integer> repeated = submitNote(3);
    List<CompletableFuture<Integer>> after = submitNotes(6, 10);

    released.countDown();

    assertThat(before).allSatisfy(one -> assertThat(one).succeedsWithin(SOON));
    assertThat(after).allSatisfy(one -> assertThat(one).succeedsWithin(SOON));
    assertFault(failing, IllegalStateException.class, "not like this");
    assertFault(repeated, DataAccessException.class, "UNIQUE");
    assertThat(notes()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  }

  @Test
  void anErrorEndsOnePieceOfWorkButNotTheWriter() {
    CompletableFuture<Integer> failing =
        submit(
            jdbc -> {
              throw new StackOverflowError("too deep");
            });

    assertFault(failing, IllegalStateException.class, "too deep");
    assertThat(submitNote(1)).succeedsWithin(SOON);
  }

  @Test
  void aFaultOfTheWorkIsNotToldAsOneOfTheDatabase() {
    try (LogLines log = new LogLines()) {
      submit(
          jdbc -> {
            throw new IllegalStateException("not like this");
          });
      submitNotes(1, 1);
      submitNote(1);

      assertThat(log.all()).noneMatch(line -> line.contains(GroupCommit.class.getName()));
    }
  }

  @Test
  void whatWasCommittedWithoutTheAnswerArrivingIsDoneOnceAndHasSucceeded() {
    answersArrive = false;
    writer = numbered("committed");
    occupy();
    List<CompletableFuture<Integer>> together = submitNotes(1, 3);

    released.countDown();

    assertThat(together).allSatisfy(one -> assertThat(one).succeedsWithin(SOON));
    assertThat(notes()).containsExactly(1, 2, 3);
    assertThat(begun).hasValue(2);
  }

  @Test
  void whatMayHaveBeenCommittedIsNotDoneASecondTime() {
    answersArrive = false;
    writer = numbered("in progress");
    AtomicInteger done = new AtomicInteger();
    occupy();
    CompletableFuture<Integer> one = submit(jdbc -> done.incrementAndGet());
    CompletableFuture<Integer> another = submit(jdbc -> done.incrementAndGet());

    released.countDown();

    assertUnavailable(one, "no answer");
    assertUnavailable(another, "no answer");
    assertThat(done).hasValue(2);
  }

  @Test
  void whatWasRolledBackIsDoneAgainEachByItself() {
    answersArrive = false;
    writer = numbered("aborted");
    AtomicInteger done = new AtomicInteger();
    occupy();
    CompletableFuture<Integer> one = submit(jdbc -> done.incrementAndGet());
    CompletableFuture<Integer> another = submit(jdbc -> done.incrementAndGet());

    released.countDown();

    assertUnavailable(one, "no answer");
    assertUnavailable(another, "no answer");
    assertThat(done).hasValue(4);
  }

  /** A writer for a database that reports this status of every transaction. */
  private GroupCommit numbered(String status) {
    writer.close();
    return new GroupCommit(
        new CountedTransactions(begun),
        new CountedTransactions(begunRelaxed),
        JdbcClient.create(connection),
        reconnected::incrementAndGet,
        Optional.of(
            new GroupCommit.Numbering(
                "select 'lock', 7 as number", "select '" + status + "' where ? = 7")),
        SystemServices.ofJdk());
  }

  @Test
  void whereNoTransactionStartsNothingIsTriedAndTheConnectionIsMadeAnew() {
    AtomicInteger tried = new AtomicInteger();
    transactionsStart = false;

    CompletableFuture<Integer> unavailable = submit(jdbc -> tried.incrementAndGet());

    assertUnavailable(unavailable, "no transaction today");
    assertThat(tried).hasValue(0);
    assertThat(reconnected).hasValue(1);
    transactionsStart = true;
    assertThat(submitNote(1)).succeedsWithin(SOON);
  }

  @Test
  void moreThanCanWaitIsRefusedAtOnce() {
    occupy();
    List<CompletableFuture<Integer>> waiting = submitNotes(1, GroupCommit.MOST_WAITING);

    CompletableFuture<Integer> oneTooMany = submitNote(0);

    assertThat(oneTooMany).isCompletedExceptionally();
    assertUnavailable(oneTooMany, "4096 writes are already waiting");
    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    released.countDown();
    assertThat(waiting).allSatisfy(one -> assertThat(one).succeedsWithin(SOON));
  }

  @Test
  void closingFinishesWhatIsQueuedAndRefusesWhatComesAfter() {
    occupy();
    List<CompletableFuture<Integer>> queued = submitNotes(1, 10);

    released.countDown();
    writer.close();

    assertThat(queued).allSatisfy(one -> assertThat(one).isCompletedWithValue(1));
    assertUnavailable(submitNote(11), "closed");
    assertThat(notes()).hasSize(10);
  }

  @Test
  void itIsKnownForHowLongAWriteHasBeenGoingOn() {
    assertThat(submitNote(1)).succeedsWithin(SOON);
    await().untilAsserted(() -> assertThat(writer.writingFor()).isZero());

    occupy();

    await().until(() -> writer.writingFor().compareTo(Duration.ofMillis(50)) > 0);
    released.countDown();
    await().untilAsserted(() -> assertThat(writer.writingFor()).isZero());
  }

  private <T> CompletableFuture<T> submit(Work<T> work) {
    return writer.submit(work, true);
  }

  /** Keeps the writer busy until {@link #released}. */
  private CompletableFuture<Integer> occupy() {
    CountDownLatch occupied = new CountDownLatch(1);
    CompletableFuture<Integer> work =
        submit(
            jdbc -> {
              occupied.countDown();
              waitFor(released);
              return 0;
            });
    waitFor(occupied);
    return work;
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<CompletableFuture<Integer>> submitNotes(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(this::submitNote).toList();
  }

  private CompletableFuture<Integer> submitNote(int number) {
    return submit(jdbc -> jdbc.sql("insert into note (number) values (?)").param(number).update());
  }

  private List<Integer> notes() {
    return new ArrayList<>(
        elsewhere.sql("select number from note order by number").query(Integer.class).list());
  }

  private static void assertUnavailable(CompletableFuture<?> work, String reason) {
    assertThatThrownBy(() -> work.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(LedgerUnavailable.class)
        .hasMessageContaining(reason);
  }

  private static void assertFault(
      CompletableFuture<?> work, Class<? extends Exception> type, String reason) {
    assertThatThrownBy(() -> work.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(type)
        .isNotInstanceOf(LedgerUnavailable.class)
        .hasMessageContaining(reason);
  }

  private final class CountedTransactions extends DataSourceTransactionManager {

    private final transient AtomicInteger count;

    CountedTransactions(AtomicInteger count) {
      super(connection);
      this.count = count;
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
      if (!transactionsStart) {
        throw new CannotCreateTransactionException("no transaction today");
      }
      count.incrementAndGet();
      super.doBegin(transaction, definition);
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
      super.doCommit(status);
      if (!answersArrive) {
        throw new TransactionSystemException("no answer");
      }
    }
  }
}

package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.delivery.Delivery;
import io.fitroute.fit.Sha256;
import io.fitroute.inbox.EventState;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.SimulatedActivity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sink that fails or violates the requirements. */
class SinkTroubleIT {

  /** A sink whose first step fails while an obstructing file exists. */
  private static final String LEDGE =
      """
      apiVersion: camel.apache.org/v1
      kind: Kamelet
      metadata:
        name: fit-ledge-sink
        annotations:
          fitroute.io/operations: %s
        labels:
          camel.apache.org/kamelet.type: sink
      spec:
        definition:
          title: FIT Ledge Sink
          description: Notes each call in a file, and does nothing else.
          type: object
          required: [folder]
          properties:
            folder:
              title: Folder
              description: Where the note is.
              type: string
        template:
          from:
            uri: kamelet:source
            steps:
              - setHeader:
                  name: CamelFileName
                  expression:
                    constant:
                      expression: calls.txt
              - setBody:
                  expression:
                    simple:
                      expression: "${header.operation} ${header.file}\\n"
                      trim: false
              - to:
                  uri: file:{{folder}}
                  parameters:
                    fileExist: Append
              - filter:
                  expression:
                    simple:
                      expression: "${header.operation} == '%s'"
                  steps:
                    - to:
                        uri: file:{{folder}}/door
                        parameters:
                          autoCreate: false
                          directoryMustExist: true
                          fileName: opened
              - setHeader:
                  name: found
                  expression:
                    constant:
                      expression: true
              - filter:
                  expression:
                    simple:
                      expression: "${header.operation} == 'put'"
                  steps:
                    - removeHeaders:
                        pattern: "*"
      """;

  @TempDir Path folder;
  private Path home;
  private Pipeline pipeline;

  @BeforeEach
  void prepare() throws IOException {
    home = TestBed.copyHome(folder.resolve("home"));
    pipeline = new Pipeline(TestBed.prepare(folder.resolve("bed")).setHome(home));
    pipeline.bed().connect();
    pipeline.set("ledge.folder", ledge().toString());
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  private Path ledge() {
    return folder.resolve("ledge");
  }

  private void openDoor() throws IOException {
    Files.createDirectories(ledge().resolve("door"));
  }

  /** A sink that fails at an operation until its door exists. */
  private void addLedge(String operations, String failing) throws IOException {
    Path own = Files.createDirectories(home.resolve("routes/own/kamelets"));
    Files.writeString(
        own.resolve("fit-ledge-sink.kamelet.yaml"), LEDGE.formatted(operations, failing));
    pipeline.set("fit.sinks", "ledge");
  }

  private void withSession() {
    pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(ledge().resolve("calls.txt"));
  }

  private List<String> marked() {
    return pipeline
        .bed()
        .service()
        .ledger()
        .read()
        .sql("select sink from sink_trouble")
        .query(String.class)
        .list();
  }

  @Test
  void aSinkThatRemovesAllHeadersIsCalledOnce() throws Exception {
    addLedge("put", "none");
    withSession();
    pipeline.start();

    SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));

    assertThat(pipeline.end(run.id()).reason())
        .isEqualTo("delivered from original: ledge:" + Pipeline.defaultPath(run));
    assertThat(calls()).containsExactly("put " + Pipeline.defaultPath(run));
  }

  @Test
  void aDeletionThatASinkDoesNotDoWaitsAsForASinkThatIsDown() throws Exception {
    addLedge("put, purge", "purge");
    withSession();
    pipeline.set("on-delete", "purge").set("retry.failing", "1h").start();
    SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));
    pipeline.end(run.id());

    pipeline.strava().delete(run.id());

    EventRecord waiting = pipeline.event(run.id(), 2, EventRecord::isWaiting);
    assertThat(waiting.reason()).startsWith("the sink ledge did not remove the file: ");
    assertThat(marked()).containsExactly("ledge");
    openDoor();
    assertThat(pipeline.end(run.id(), 2).state()).isEqualTo(EventState.DONE);
    await().until(() -> marked().isEmpty());
    assertThat(pipeline.bed().service().deliveries().of(Long.toString(run.id()))).isEmpty();
  }

  @Test
  void anUpgradeThatASinkDoesNotTakeWaitsAsForASinkThatIsDown() throws Exception {
    pipeline.set("retry.failing", "1h").start();
    SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));
    assertThat(pipeline.end(run.id()).reason()).startsWith("delivered from streams");
    Path file = pipeline.bed().downloads().resolve(Pipeline.defaultPath(run));
    String old = Sha256.of(file);
    Path month = file.getParent();
    Path aside = Files.move(month, month.resolveSibling("aside"));
    Files.writeString(month, "no folder");
    pipeline.bed().stop();
    withSession();
    pipeline.start();

    pipeline
        .bed()
        .service()
        .inbox()
        .accept(
            io.fitroute.delivery.Upgrades.request(
                new io.fitroute.delivery.Upgrades.Upgradable(
                    Long.toString(run.id()), Long.toString(ANN), ""),
                Pipeline.eventTime()))
        .join();

    assertThat(pipeline.event(run.id(), 2, EventRecord::isWaiting).reason())
        .startsWith("the sink file did not accept the file: ");
    assertThat(marked()).containsExactly("file");
    Files.delete(month);
    Files.move(aside, month);
    assertThat(pipeline.end(run.id(), 2).reason()).startsWith("replaced by the original");
    assertThat(Sha256.of(file)).isNotEqualTo(old);
    assertThat(pipeline.bed().files()).containsExactly(Pipeline.defaultPath(run));
  }

  @Test
  void aFileTooManyThatCannotBeWithdrawnIsNotForgotten() throws Exception {
    addLedge("put, find, withdraw", "withdraw");
    withSession();
    pipeline.start();
    SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN));
    pipeline.end(run.id());
    pipeline
        .bed()
        .service()
        .ledger()
        .write(
            jdbc ->
                jdbc.sql(
                        "insert into delivery_intent values ('ledge', 'x.fit', 'x.fit', ?, 'streams', 1,"
                            + " 'ab', '', 1, 1, 1)")
                    .param(Long.toString(run.id()))
                    .update());

    pipeline.create(run.id());

    assertThat(pipeline.event(run.id(), 2, EventRecord::isWaiting).reason())
        .isEqualTo("it is not known yet whether a file of it is at ledge");
    openDoor();
    assertThat(pipeline.end(run.id(), 2).reason()).startsWith("already delivered");
    assertThat(calls()).contains("withdraw x.fit");
    assertThat(
            pipeline
                .bed()
                .service()
                .ledger()
                .read()
                .sql("select path from delivery_intent")
                .query(String.class)
                .list())
        .containsExactly(Pipeline.defaultPath(run));
  }

  @Test
  void aSinkThatHasJustRefusedOneFileIsNotAskedToTakeOthers() throws Exception {
    addLedge("put", "put");
    withSession();
    pipeline.set("retry.sink-down", "1h").set("inbox.workers", "1").start();
    SimulatedActivity first = pipeline.upload(SimulatedActivity.run(ANN));
    pipeline.waiting(first.id());

    SimulatedActivity second = pipeline.upload(SimulatedActivity.run(ANN).distance(700));
    pipeline.waiting(second.id());

    assertThat(calls()).containsExactly("put " + Pipeline.defaultPath(first));
  }

  @Test
  void oneOfSeveralOfOneNameGoesWithoutTheOthersAndAStrangersFileStays() throws Exception {
    withSession();
    pipeline.set("fit.file-name", "${variable.title}.fit").set("on-delete", "purge").start();
    Path downloads = Files.createDirectories(pipeline.bed().downloads());
    Files.writeString(downloads.resolve("morning run.fit"), "a stranger's, of another case");
    SimulatedActivity one = pipeline.upload(SimulatedActivity.run(ANN).name("Run").distance(501));
    pipeline.end(one.id());
    SimulatedActivity two = pipeline.upload(SimulatedActivity.run(ANN).name("RUN").distance(502));
    pipeline.end(two.id());
    assertThat(pipeline.bed().files()).containsExactly("RUN-2.fit", "Run.fit", "morning run.fit");

    pipeline.strava().delete(one.id());
    pipeline.end(one.id(), 2);
    Files.writeString(downloads.resolve("RUN-2.fit"), "changed by hand");
    pipeline.strava().delete(two.id());

    assertThat(pipeline.end(two.id(), 2).reason())
        .isEqualTo(
            "deleted at Strava; on-delete is purge; kept because the content differs from"
                + " what was delivered: file:RUN-2.fit");
    assertThat(pipeline.bed().files()).containsExactly("RUN-2.fit", "morning run.fit");
    assertThat(pipeline.bed().service().deliveries().of(Long.toString(two.id())))
        .as("the record is kept")
        .extracting(Delivery::path)
        .containsExactly("RUN-2.fit");
    assertThat(pipeline.bed().service().deliveries().of(Long.toString(one.id()))).isEmpty();
  }
}

package io.fitroute.routes;

import static io.fitroute.routes.Pipeline.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.fit.FitCheck;
import io.fitroute.inbox.EventState;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.CredentialKind;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.FaultRule;
import io.fitroute.simulator.OriginalFormat;
import io.fitroute.simulator.RecordedRequest;
import io.fitroute.simulator.SimulatedActivity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of the original file: followed, unpacked, judged by its bytes, and cleared away. */
class OriginalExportIT {

  private static final int MOST = 1 << 20;

  @TempDir static Path folder;
  private static Pipeline pipeline;

  @BeforeAll
  static void start() {
    pipeline = new Pipeline(TestBed.prepare(folder));
    pipeline.bed().connect();
    pipeline.set("strava.session-cookie", pipeline.strava().sessionCookie(ANN));
    pipeline.set("fit.exports", "original");
    pipeline.set("export.max-size", Integer.toString(MOST)).start();
  }

  @AfterAll
  static void stop() {
    pipeline.close();
  }

  @AfterEach
  void tidyUp() throws Exception {
    pipeline.strava().disarmFaults();
    pipeline.strava().setCdnExport(false);
    pipeline.idle();
    await().untilAsserted(() -> assertThat(temporaryFiles()).isEmpty());
    pipeline.forgetPauses();
    pipeline.strava().clearRequests();
  }

  private static List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("data/exports"))) {
      return files.toList();
    }
  }

  private static SimulatedActivity run() {
    return pipeline.strava().uploadSilently(SimulatedActivity.run(ANN).build());
  }

  private static void arm(SimulatedActivity activity, Fault fault, int times) {
    pipeline
        .strava()
        .arm(
            FaultRule.on("/activities/" + activity.id() + "/export_original", fault)
                .onlyTimes(times));
  }

  private static EventRecord endOf(SimulatedActivity activity) {
    pipeline.create(activity.id());
    return pipeline.end(activity.id());
  }

  private static String format(SimulatedActivity activity) {
    return pipeline
        .bed()
        .service()
        .ledger()
        .read()
        .sql("select original_format from activity where id = ?")
        .param(Long.toString(activity.id()))
        .query(String.class)
        .single();
  }

  private static byte[] delivered(SimulatedActivity activity) throws Exception {
    Path file = pipeline.bed().downloads().resolve(Pipeline.defaultPath(activity));
    new FitCheck().check(file);
    return Files.readAllBytes(file);
  }

  private static byte[] original() throws Exception {
    SimulatedActivity run = run();
    assertThat(endOf(run).state()).isEqualTo(EventState.DONE);
    return delivered(run);
  }

  // formats

  @Test
  void aFitFileArrivesAsItWasUploaded() throws Exception {
    byte[] uploaded = original();
    SimulatedActivity run =
        pipeline
            .strava()
            .uploadSilently(
                SimulatedActivity.run(ANN).originalFile(file("as-it-was.fit", uploaded)).build());

    assertThat(endOf(run).state()).isEqualTo(EventState.DONE);

    assertThat(delivered(run)).isEqualTo(uploaded);
    assertThat(format(run)).isEqualTo("fit");
  }

  private static Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void gzipIsUnpacked() throws Exception {
    SimulatedActivity run = pipeline.upload(SimulatedActivity.run(ANN).gzipped(true));

    assertThat(pipeline.end(run.id()).state()).isEqualTo(EventState.DONE);

    assertThat(delivered(run)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"GPX", "TCX", "JSON"})
  void otherFormatsAreRecognisedAndRecorded(OriginalFormat format) {
    SimulatedActivity run =
        pipeline
            .strava()
            .uploadSilently(SimulatedActivity.run(ANN).original(format).gzipped(true).build());

    EventRecord end = endOf(run);

    assertThat(end.state()).isEqualTo(EventState.SKIPPED);
    assertThat(end.reason()).isEqualTo("the original is " + format + ", not FIT");
    await().untilAsserted(() -> assertThat(format(run)).isEqualTo(format.extension()));
  }

  @Test
  void whatWasNeverUploadedIsWaitedForAndThenGivenUp() {
    SimulatedActivity run =
        pipeline
            .strava()
            .uploadSilently(SimulatedActivity.run(ANN).original(OriginalFormat.NONE).build());

    EventRecord end = endOf(run);

    assertThat(end.state()).isEqualTo(EventState.DEAD);
    assertThat(end.reason()).isEqualTo("not ready after 4 attempts: Strava has no original of it");
    assertThat(pipeline.exportRequests(run.id())).isEqualTo(4);
    assertThat(pipeline.detailsRequests(run.id())).isOne();
  }

  // what is of no use

  static Stream<Arguments> filesOfNoUse() throws Exception {
    byte[] zeros = new byte[3 * MOST];
    return Stream.of(
        Arguments.of("garbage", bytes("This is no activity."), "neither FIT nor GPX, TCX or JSON"),
        Arguments.of("gzip of garbage", gzip(bytes("no activity")), "neither FIT nor GPX"),
        Arguments.of("gzip of gzip of gzip", gzip(gzip(gzip(bytes("{}")))), "more than 2 times"),
        Arguments.of(
            "too large", join(fitHead(zeros.length), zeros), "more than the 1048576 bytes"),
        Arguments.of(
            "gzip bomb", gzip(join(fitHead(zeros.length), zeros)), "more than the 1048576 bytes"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A header of FIT that announces so many bytes. */
  private static byte[] fitHead(int size) {
    return new byte[] {
      12, 0x20, 0, 0, (byte) size, (byte) (size >> 8), (byte) (size >> 16), 0, '.', 'F', 'I', 'T'
    };
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] gzip(byte[] content) throws IOException {
    var packed = new java.io.ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(packed)) {
      stream.write(content);
    }
    return packed.toByteArray();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("filesOfNoUse")
  void whatIsOfNoUseEndsDeadAndSaysWhatWasFound(String name, byte[] file, String found)
      throws Exception {
    SimulatedActivity run = run();
    arm(run, Fault.file(file), Integer.MAX_VALUE);

    EventRecord end = endOf(run);

    assertThat(end.state()).isEqualTo(EventState.DEAD);
    assertThat(end.reason()).startsWith("the original is unusable: ").contains(found);
    assertThat(pipeline.exportRequests(run.id())).isOne();
    assertThat(pipeline.bed().files()).doesNotContain(Pipeline.defaultPath(run));
  }

  @Test
  void garbageThatClaimsToBeGzipIsOfNoUse() {
    SimulatedActivity run = run();
    arm(run, Fault.garbageGzip(), 1);

    EventRecord end = endOf(run);

    assertThat(end.state()).isEqualTo(EventState.DEAD);
    assertThat(end.reason()).contains("the gzip data is damaged");
  }

  @Test
  void aWrongChecksumIsOfNoUse() throws Exception {
    byte[] corrupt = original();
    corrupt[corrupt.length / 2] ^= 1;
    SimulatedActivity run = run();
    arm(run, Fault.file(corrupt), 1);

    EventRecord end = endOf(run);

    assertThat(end.state()).isEqualTo(EventState.DEAD);
    assertThat(end.reason()).contains("a FIT file that is not valid");
  }

  @Test
  void aBombIsRefusedBeforeItUnfolds() {
    SimulatedActivity run = run();
    arm(run, new Fault.GzipBomb(20L << 30), 1);

    EventRecord end = endOf(run);

    assertThat(end.state()).isEqualTo(EventState.DEAD);
    assertThat(end.reason()).startsWith("the original is unusable: ");
  }

  @Test
  void anAnswerWithoutEndIsCutOff() {
    try (FileStore endless = FileStore.endless(bytes("no activity"))) {
      SimulatedActivity run = run();
      arm(run, endless.redirect("/file"), 1);

      EventRecord end = endOf(run);

      assertThat(end.reason()).startsWith("the original is unusable: ");
    }
  }

  // what may pass

  static Stream<Arguments> troubles() {
    return Stream.of(
        Arguments.of("500", Fault.status(500)),
        Arguments.of("503", Fault.status(503)),
        Arguments.of("429", Fault.status(429)),
        Arguments.of("204", Fault.status(204)),
        Arguments.of("dropped", new Fault.Drop()),
        Arguments.of("cut", new Fault.CutBody(1000)),
        Arguments.of("cut in the header", new Fault.CutBody(5)),
        Arguments.of("less than announced", new Fault.WrongLength(100)),
        Arguments.of("a redirect to nowhere", FileStore.redirectTo("")),
        Arguments.of("a redirect to no address", FileStore.redirectTo("http://[x")),
        Arguments.of("a redirect to a file", FileStore.redirectTo("file:///etc/passwd")),
        Arguments.of("a redirect to no host", FileStore.redirectTo("http:///x")),
        Arguments.of("a redirect with a user", FileStore.redirectTo("http://a:b@127.0.0.2/")),
        Arguments.of("a redirect to no server", FileStore.redirectTo("http://127.0.0.2:1/")),
        Arguments.of("a redirect to no name", FileStore.redirectTo("http://no.invalid/")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("troubles")
  void whatMayPassIsTriedAgain(String trouble, Fault fault) throws Exception {
    SimulatedActivity run = run();
    arm(run, fault, 2);

    EventRecord end = endOf(run);

    assertThat(end.state()).isEqualTo(EventState.DONE);
    assertThat(end.failures()).isEqualTo(2);
    assertThat(pipeline.exportRequests(run.id())).isEqualTo(3);
    assertThat(pipeline.detailsRequests(run.id())).isOne();
    assertThat(delivered(run)).isNotEmpty();
  }

  @Test
  void moreThanAnnouncedIsTriedAgain() throws Exception {
    SimulatedActivity run = run();
    arm(run, new Fault.WrongLength(-100), 1);

    assertThat(endOf(run).state()).isEqualTo(EventState.DONE);

    assertThat(pipeline.eventLog(run.id())).anyMatch(step -> step.contains("is incomplete"));
    assertThat(delivered(run)).isNotEmpty();
  }

  @Test
  void anEmptyFileIsNotThereYet() {
    SimulatedActivity run = run();
    arm(run, Fault.file(new byte[0]), 2);

    EventRecord end = endOf(run);

    assertThat(end.state()).isEqualTo(EventState.DONE);
    assertThat(end.notReady()).isEqualTo(2);
  }

  @Test
  void whatDoesNotPassEndsWithItsReasonAndNoAddress() {
    SimulatedActivity run = run();
    arm(run, new Fault.Drop(), Integer.MAX_VALUE);

    EventRecord end = endOf(run);

    assertThat(end.state()).isEqualTo(EventState.DEAD);
    assertThat(end.reason())
        .isEqualTo(
            "gave up after 4 failed attempts: the export original failed: the connection failed:"
                + " Connection reset");
  }

  // redirects

  @Test
  void anotherHostGetsTheLinkAsItWasGivenAndNoCredential() throws Exception {
    byte[] original = original();
    String link = "/a%2Fb/c%20d.fit?X-Sig=a%2Bb%2Fc%3D&e=1+1&u=%C3%A9&r=%7B%7D";
    try (FileStore store = FileStore.of(original)) {
      SimulatedActivity run = run();
      arm(run, store.redirect(link), 1);

      assertThat(endOf(run).state()).isEqualTo(EventState.DONE);

      assertThat(delivered(run)).isEqualTo(original);
      assertThat(store.asked()).hasSize(1);
      assertThat(store.asked().get(0).target()).isEqualTo(link);
      assertThat(store.asked().get(0).headers()).doesNotContainKeys("Cookie", "Authorization");
    }
  }

  @Test
  void theOtherNameOfTheSameMachineGetsNoCredentialEither() throws Exception {
    pipeline.strava().setCdnExport(true);
    SimulatedActivity run = run();

    assertThat(endOf(run).state()).isEqualTo(EventState.DONE);

    assertThat(pipeline.strava().requests())
        .filteredOn(request -> request.path().startsWith("/cdn/"))
        .extracting(RecordedRequest::credential)
        .containsExactly(CredentialKind.NONE);
    assertThat(pipeline.strava().requests())
        .filteredOn(request -> request.path().endsWith("export_original"))
        .extracting(RecordedRequest::credential)
        .containsExactly(CredentialKind.COOKIE);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aStoreThatForbidsSaysNothingOfTheCredential(int status) {
    try (FileStore store = new FileStore(exchange -> exchange.sendResponseHeaders(status, -1))) {
      SimulatedActivity run = run();
      arm(run, store.redirect("/file"), 1);

      EventRecord end = endOf(run);

      assertThat(end.state()).isEqualTo(EventState.DONE);
      assertThat(end.failures()).isOne();
    }
  }

  @Test
  void redirectsThatLeadInACircleEnd() {
    SimulatedActivity run = run();
    arm(run, FileStore.redirectTo("export_original"), Integer.MAX_VALUE);

    EventRecord end = endOf(run);

    assertThat(end.state()).isEqualTo(EventState.DEAD);
    assertThat(end.reason()).endsWith("more than 5 redirects for the original");
    assertThat(pipeline.exportRequests(run.id())).isEqualTo(4 * 6);
  }

  @Test
  void relativeRedirectsAreFollowedWithTheCredential() throws Exception {
    SimulatedActivity run = run();
    arm(run, FileStore.redirectTo("./export_original?again=1"), 2);

    assertThat(endOf(run).state()).isEqualTo(EventState.DONE);

    assertThat(pipeline.exportRequests(run.id())).isEqualTo(3);
  }

  // the outcome of one event says nothing of the next

  @Test
  void aFailureLeavesNothingToTheNextEvent() throws Exception {
    SimulatedActivity bad = run();
    arm(bad, Fault.file(bytes("nothing")), Integer.MAX_VALUE);
    endOf(bad);
    SimulatedActivity good = run();

    assertThat(endOf(good).reason())
        .isEqualTo("delivered from original: file:" + Pipeline.defaultPath(good));

    pipeline.strava().disarmFaults();
    pipeline.request(bad.id());
    assertThat(pipeline.end(bad.id(), 2).state()).isEqualTo(EventState.DONE);
  }

  @Test
  void severalAtOnceDoNotDisturbEachOther() {
    Instant before = Instant.now();
    List<SimulatedActivity> runs = Stream.generate(OriginalExportIT::run).limit(20).toList();
    runs.forEach(run -> pipeline.create(run.id()));

    for (SimulatedActivity run : runs) {
      assertThat(pipeline.end(run.id()).state()).isEqualTo(EventState.DONE);
    }

    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
    assertThat(pipeline.exportRequests()).isEqualTo(20);
  }
}

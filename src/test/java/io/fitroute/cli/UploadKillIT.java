package io.fitroute.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fitroute.FitRoute;
import io.fitroute.fit.FitSamples;
import io.fitroute.runtime.TestBed;
import io.fitroute.simulator.AthleteTokens;
import io.fitroute.simulator.Fault;
import io.fitroute.simulator.FaultRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command as a process of its own, killed at any moment, leaves one activity and one file. */
class UploadKillIT {

  private static final long ATHLETE = TestBed.ATHLETE;
  private static final String UPLOADS = "/api/v3/uploads";
  private static final Fault LONG = new Fault.Delay(Duration.ofMinutes(5));

  @TempDir Path folder;

  private enum Moment {
    /** Strava has nothing. */
    BEFORE_THE_POST_ARRIVES,
    /** Strava makes an activity of it, and nobody here has heard of it. */
    BEFORE_THE_ANSWER,
    AFTER_THE_ANSWER,
    WHILE_ASKING
  }

  private Process process(TestBed bed) throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dfitroute.home=" + TestBed.home(),
            "-cp",
            System.getProperty("java.class.path"),
            FitRoute.class.getName(),
            "upload",
            "run.fit");
    java.directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile());
    java.environment().putAll(bed.environment());
    return java.start();
  }

  private void arm(TestBed bed, Moment moment) {
    switch (moment) {
      case BEFORE_THE_POST_ARRIVES -> bed.strava().arm(FaultRule.on(UPLOADS, LONG).onlyTimes(1));
      case BEFORE_THE_ANSWER ->
          bed.strava()
              .arm(FaultRule.on(UPLOADS, new Fault.Drip(0, Duration.ofMinutes(5))).onlyTimes(1));
      case AFTER_THE_ANSWER -> bed.strava().setProcessingTime(Duration.ofSeconds(5));
      case WHILE_ASKING -> bed.strava().arm(FaultRule.on(UPLOADS + "/*", LONG).onlyTimes(1));
    }
  }

  private static BooleanSupplier reached(TestBed bed, Moment moment) {
    return () ->
        switch (moment) {
          case BEFORE_THE_POST_ARRIVES -> bed.strava().count("POST", UPLOADS) == 1;
          case BEFORE_THE_ANSWER -> bed.strava().activities(ATHLETE).size() == 1;
          case AFTER_THE_ANSWER, WHILE_ASKING -> bed.strava().count("GET", UPLOADS + "/*") == 1;
        };
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(180)
  void killedAndRunAgainItIsOneActivityAndOneFile(Moment moment) throws Exception {
    try (TestBed bed = TestBed.prepare(folder)) {
      AthleteTokens tokens = bed.strava().connect(ATHLETE, "read,activity:read_all,activity:write");
      bed.set("strava.access-token", tokens.accessToken());
      bed.set("strava.refresh-token", tokens.refreshToken());
      Path file = Files.write(folder.resolve("run.fit"), FitSamples.run(50));
      arm(bed, moment);
      Process process = process(bed);
      try {
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(
                () ->
                    assertThat(reached(bed, moment).getAsBoolean())
                        .as(Files.readString(folder.resolve("log")))
                        .isTrue());
      } finally {
        process.destroyForcibly().onExit().join();
      }
      bed.strava().disarmFaults();

      Run run = Run.of(Run.environment(bed.environment(), folder), "upload", "run.fit");

      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(bed.strava().activities(ATHLETE)).hasSize(1);
      long id = bed.strava().activities(ATHLETE).get(0).id();
      assertThat(run.out()).contains("activity " + id);
      assertThat(bed.strava().count("POST", UPLOADS))
          .isEqualTo(moment.ordinal() <= Moment.BEFORE_THE_ANSWER.ordinal() ? 2 : 1);

      bed.start().subscribe();
      await().until(() -> bed.files().size() == 1);
      assertThat(bed.downloads().resolve("2025/06/" + id + ".fit")).hasSameBinaryContentAs(file);
    }
  }
}

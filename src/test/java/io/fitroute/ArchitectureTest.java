package io.fitroute;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The order of packages: each may use those before it in the list, and none after it. */
class ArchitectureTest {

  private static final List<String> PACKAGES =
      List.of(
          "system",
          "text",
          "transfer",
          "fit",
          "settings",
          "ledger",
          "vault",
          "inbox",
          "conversion",
          "export",
          "notice",
          "strava.api",
          "strava.webhook",
          "strava.oauth",
          "strava.subscription",
          "strava.activity",
          "strava.export",
          "strava.upload",
          "hevy",
          "sink",
          "delivery",
          "history",
          "archive",
          "monitoring",
          "http",
          "lambda",
          "runtime",
          "doctor",
          "cli");

  private static final JavaClasses PROGRAM =
      new ClassFileImporter().importPath(Path.of("target/classes/io/fitroute"));

  @TestFactory
  Stream<DynamicTest> aPackageKnowsNoneAfterIt() {
    return IntStream.range(0, PACKAGES.size() - 1)
        .mapToObj(
            index ->
                DynamicTest.dynamicTest(
                    PACKAGES.get(index),
                    () ->
                        noClasses()
                            .that(in(PACKAGES.subList(index, index + 1)))
                            .should()
                            .dependOnClassesThat(in(PACKAGES.subList(index + 1, PACKAGES.size())))
                            .check(PROGRAM)));
  }

  private static DescribedPredicate<JavaClass> in(List<String> packages) {
    return resideInAnyPackage(
        packages.stream().map(name -> "io.fitroute." + name + "..").toArray(String[]::new));
  }

  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices().matching("io.fitroute.(*)..").should().beFreeOfCycles().check(PROGRAM);
    slices().matching("io.fitroute.strava.(*)..").should().beFreeOfCycles().check(PROGRAM);
  }

  /** Sources of unpredictability, which may only be used through the services. */
  private static final Set<String> UNPREDICTABLE =
      Set.of(
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.lang.Math.random",
          "java.lang.Thread.<init>",
          "java.lang.Thread.sleep",
          "java.util.Random.<init>",
          "java.security.SecureRandom.<init>",
          "java.util.UUID.randomUUID",
          "java.util.concurrent.CompletableFuture.completeOnTimeout",
          "java.util.concurrent.CompletableFuture.get",
          "java.util.concurrent.CompletableFuture.orTimeout",
          "java.util.concurrent.CompletableFuture.runAsync",
          "java.util.concurrent.CompletableFuture.supplyAsync",
          "java.util.concurrent.ThreadLocalRandom.current",
          "java.util.concurrent.TimeUnit.sleep",
          "java.util.concurrent.locks.LockSupport.parkNanos");

  @Test
  void timeThreadsAndRandomNumbersComeFromTheSystemServices() {
    classes()
        .that(
            in(
                List.of(
                    "runtime",
                    "inbox",
                    "ledger",
                    "strava",
                    "delivery",
                    "export",
                    "conversion",
                    "archive")))
        .should(haveOnlyInjectedServices())
        .check(PROGRAM);
  }

  private static ArchCondition<JavaClass> haveOnlyInjectedServices() {
    return new ArchCondition<>("take time, threads and random numbers from SystemServices") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Stream.concat(
                type.getCodeUnitCallsFromSelf().stream(),
                type.getCodeUnitReferencesFromSelf().stream())
            .filter(access -> UNPREDICTABLE.contains(name(access.getTarget())))
            .forEach(access -> events.add(violated(access, access.getDescription())));
        type.getMethods().stream()
            .filter(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED))
            .forEach(
                method -> events.add(violated(method, method.getFullName() + " is synchronized")));
      }
    };
  }

  private static String name(AccessTarget target) {
    return target.getOwner().getName() + "." + target.getName();
  }

  @Test
  void onlyCommandsKnowTheSimulator() {
    noClasses()
        .that(not(resideInAnyPackage("io.fitroute.cli..", "io.fitroute.simulator..")))
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.fitroute.simulator.."))
        .check(PROGRAM);
  }
}

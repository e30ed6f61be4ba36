package io.fitroute;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may know whom: a package knows those before it in the list, and none after it. */
class ArchitectureTest {

  private static final List<String> PACKAGES =
      List.of(
          "text",
          "transfer",
          "fit",
          "settings",
          "ledger",
          "vault",
          "inbox",
          "export",
          "notice",
          "strava.api",
          "strava.webhook",
          "strava.oauth",
          "strava.subscription",
          "strava.activity",
          "strava.export",
          "sink",
          "delivery",
          "monitoring",
          "http",
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

  private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> in(List<String> packages) {
    return resideInAnyPackage(
        packages.stream().map(name -> "io.fitroute." + name + "..").toArray(String[]::new));
  }

  @Test
  void packagesDoNotDependOnEachOtherInCircles() {
    slices().matching("io.fitroute.(*)..").should().beFreeOfCycles().check(PROGRAM);
    slices().matching("io.fitroute.strava.(*)..").should().beFreeOfCycles().check(PROGRAM);
  }

  @Test
  void onlyCommandsKnowTheSimulator() {
    noClasses()
        .that(alwaysTrue())
        .and(resideInAnyPackage("io.fitroute.."))
        .and(
            com.tngtech.archunit.base.DescribedPredicate.not(
                resideInAnyPackage("io.fitroute.cli..", "io.fitroute.simulator..")))
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.fitroute.simulator.."))
        .check(PROGRAM);
  }
}

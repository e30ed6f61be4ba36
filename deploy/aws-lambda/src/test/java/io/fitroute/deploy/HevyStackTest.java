package io.fitroute.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** What AWS is asked to set up. */
class HevyStackTest {

  private static final long MEGABYTE = 1L << 20;

  @TempDir private static Path folder;

  private static Path code;
  private static Template template;

  @BeforeAll
  static void synthesise() throws IOException {
    Path home = Path.of("../..").toAbsolutePath().normalize();
    code = new FunctionPackage(home).writeTo(folder.resolve("function"));
    Map<String, Object> context =
        Map.of("time-zone", "Europe/Berlin", "alarm-email", "ann@example.org");
    App app =
        new App(
            AppProps.builder()
                .outdir(folder.resolve("cdk.out").toString())
                .context(context)
                .build());
    template = Template.fromStack(new HevyStack(app, "Test", StackProps.builder().build(), code));
  }

  @Test
  void theFunctionIsSmallAndStartsFromASnapshot() {
    template.hasResourceProperties(
        "AWS::Lambda::Function",
        Map.of(
            "Runtime",
            "java25",
            "Architectures",
            List.of("arm64"),
            "Handler",
            "io.fitroute.lambda.HevyWebhookHandler",
            "MemorySize",
            1024,
            "SnapStart",
            Map.of("ApplyOn", "PublishedVersions")));
    template.resourceCountIs("AWS::Lambda::Version", 1);
    template.hasResourceProperties("AWS::Lambda::Alias", Map.of("Name", "live"));
  }

  @Test
  void secretsAreNamedAndNotHeld() {
    template.hasResourceProperties(
        "AWS::Lambda::Function",
        Match.objectLike(
            Map.of(
                "Environment",
                Map.of(
                    "Variables",
                    Match.objectLike(
                        Map.of(
                            "HEVY_TIME_ZONE", "Europe/Berlin",
                            "HEVY_RECONCILE_EVERY", "30m",
                            "HEVY_API_KEY",
                                "{{resolve:secretsmanager:fitroute/hevy:SecretString:HEVY_API_KEY::}}",
                            "HEVY_WEBHOOK_TOKEN",
                                "{{resolve:secretsmanager:fitroute/hevy:SecretString:HEVY_WEBHOOK_TOKEN::}}",
                            "INTERVALS_API_KEY",
                                "{{resolve:secretsmanager:fitroute/hevy:SecretString:INTERVALS_API_KEY::}}"))))));
  }

  @Test
  void theRoleMayWriteItsLogAndNothingElse() {
    template.resourceCountIs("AWS::IAM::Role", 1);
    template.resourceCountIs("AWS::IAM::Policy", 1);
    template.hasResourceProperties(
        "AWS::IAM::Policy",
        Match.objectLike(
            Map.of(
                "PolicyDocument",
                Match.objectLike(
                    Map.of(
                        "Statement",
                        List.of(
                            Match.objectLike(
                                Map.of(
                                    "Action",
                                    List.of("logs:CreateLogStream", "logs:PutLogEvents"),
                                    "Effect",
                                    "Allow"))))))));
    template.hasResourceProperties(
        "AWS::IAM::Role", Match.objectLike(Map.of("ManagedPolicyArns", Match.absent())));
  }

  @Test
  void onlyPostsToTheWebhookReachIt() {
    template.resourceCountIs("AWS::ApiGateway::Method", 1);
    template.hasResourceProperties("AWS::ApiGateway::Method", Map.of("HttpMethod", "POST"));
    template.hasResourceProperties("AWS::ApiGateway::Resource", Map.of("PathPart", "hevy_wh"));
  }

  @Test
  void editsAndDeletionsAreLookedForOnSchedule() {
    template.hasResourceProperties(
        "AWS::Events::Rule",
        Match.objectLike(
            Map.of(
                "ScheduleExpression",
                "rate(30 minutes)",
                "Targets",
                List.of(
                    Match.objectLike(Map.of("RetryPolicy", Map.of("MaximumRetryAttempts", 2)))))));
  }

  @Test
  void whatFailsIsToldAndWhereItIsIsPutOut() {
    template.resourceCountIs("AWS::CloudWatch::Alarm", 3);
    template.hasResourceProperties(
        "AWS::SNS::Subscription", Map.of("Endpoint", "ann@example.org", "Protocol", "email"));
    template.hasOutput("HevyWebhookHandlerLambdaFname", Match.anyValue());
    template.hasOutput("HevyWebhookUrl", Match.anyValue());
  }

  @Test
  void thePackageHoldsWhatIsNeededAndIsSmall() throws IOException {
    long size;
    try (Stream<Path> files = Files.walk(code)) {
      size = files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
    assertThat(size).isLessThan(50 * MEGABYTE);
    assertThat(code.resolve("routes/hevy.camel.yaml")).exists();
    assertThat(code.resolve("application.properties")).exists();
    try (Stream<Path> libraries = Files.list(code.resolve("lib"))) {
      assertThat(libraries.map(Path::getFileName).map(Path::toString))
          .contains("fitroute.jar")
          .noneMatch(name -> name.matches("(vertx|netty|sqlite|postgresql|picocli).*"));
    }
  }
}

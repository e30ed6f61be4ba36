package io.fitroute.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.SecretValue;
import software.amazon.awscdk.SecretsManagerSecretOptions;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.apigateway.EndpointType;
import software.amazon.awscdk.services.apigateway.LambdaIntegration;
import software.amazon.awscdk.services.apigateway.RestApi;
import software.amazon.awscdk.services.apigateway.StageOptions;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** The webhook of Hevy behind API Gateway, and a schedule for edits and deletions. */
public final class HevyStack extends Stack {

  private static final String HANDLER = "io.fitroute.lambda.HevyWebhookHandler";
  private static final List<String> SECRETS =
      List.of("HEVY_API_KEY", "HEVY_WEBHOOK_TOKEN", "INTERVALS_API_KEY");

  /** How often the schedule looks; the function looks back twice as far. */
  private static final Duration INTERVAL = Duration.minutes(30);

  private static final Duration FIVE_MINUTES = Duration.minutes(5);

  /**
   * @param code the folder that becomes the function
   */
  public HevyStack(Construct scope, String id, StackProps properties, Path code) {
    super(scope, id, properties);
    Function function = function(code);
    // a snapshot belongs to a version, and an alias leads to the newest
    Alias live =
        Alias.Builder.create(this, "Live")
            .aliasName("live")
            .version(function.getCurrentVersion())
            .build();
    RestApi api = api(live);
    Rule.Builder.create(this, "EditsAndDeletions")
        .description("Has edits and deletions of workouts followed")
        .schedule(Schedule.rate(INTERVAL))
        .targets(List.of(LambdaFunction.Builder.create(live).retryAttempts(2).build()))
        .build();
    alarms(live, api);
    output("HevyWebhookHandlerLambdaFname", "The function", function.getFunctionName());
    output("HevyWebhookUrl", "The URL for Hevy's webhook", api.urlForPath("/hevy_wh"));
  }

  private Function function(Path code) {
    LogGroup log =
        LogGroup.Builder.create(this, "Log")
            .retention(RetentionDays.ONE_MONTH)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    Role role =
        Role.Builder.create(this, "Role")
            .description("May write the log of the webhook, and nothing else")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    log.grantWrite(role);
    return Function.Builder.create(this, "HevyWebhookHandler")
        .description("Brings workouts of Hevy to Intervals.icu")
        .runtime(Runtime.JAVA_25)
        .architecture(Architecture.ARM_64)
        .handler(HANDLER)
        .code(Code.fromAsset(code.toString()))
        .memorySize(1024)
        .timeout(Duration.seconds(60))
        .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
        .role(role)
        .logGroup(log)
        .environment(environment())
        .build();
  }

  /** Secrets are named here, and filled in by CloudFormation: the template does not hold them. */
  private Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    environment.put("HEVY_RECONCILE_EVERY", INTERVAL.toMinutes() + "m");
    environment.put("HEVY_TIME_ZONE", chosen("time-zone", "UTC"));
    environment.put("HEVY_UNITS", chosen("units", "kg"));
    environment.put("HEVY_TITLE_PREFIX", chosen("title-prefix", ""));
    environment.put("INTERVALS_ATHLETE", chosen("athlete", "0"));
    for (String name : SECRETS) {
      environment.put(
          name,
          SecretValue.secretsManager(
                  chosen("secret", "fitroute/hevy"),
                  SecretsManagerSecretOptions.builder().jsonField(name).build())
              .unsafeUnwrap());
    }
    return environment;
  }

  private String chosen(String name, String otherwise) {
    return Optional.ofNullable(getNode().tryGetContext(name))
        .map(Object::toString)
        .orElse(otherwise);
  }

  private RestApi api(Alias live) {
    RestApi api =
        RestApi.Builder.create(this, "Api")
            .description("Where Hevy's webhook posts")
            .endpointTypes(List.of(EndpointType.REGIONAL))
            .cloudWatchRole(false)
            .deployOptions(
                StageOptions.builder().throttlingRateLimit(10).throttlingBurstLimit(20).build())
            .build();
    api.getRoot().addResource("hevy_wh").addMethod("POST", new LambdaIntegration(live));
    return api;
  }

  private void alarms(Alias live, RestApi api) {
    MetricOptions sum = MetricOptions.builder().period(FIVE_MINUTES).statistic("Sum").build();
    List<Alarm> alarms =
        List.of(
            alarm("Errors", "Edits or deletions were not followed", live.metricErrors(sum)),
            alarm("Throttles", "The function was called too often", live.metricThrottles(sum)),
            alarm(
                "Refusals", "A workout could not be sent to Intervals.icu", api.metricServerError(sum)));
    Optional.ofNullable(getNode().tryGetContext("alarm-email"))
        .ifPresent(
            email -> {
              Topic topic = new Topic(this, "Alarms");
              topic.addSubscription(new EmailSubscription(email.toString()));
              alarms.forEach(alarm -> alarm.addAlarmAction(new SnsAction(topic)));
            });
  }

  private Alarm alarm(String id, String description, Metric metric) {
    return Alarm.Builder.create(this, id)
        .alarmDescription(description)
        .metric(metric)
        .threshold(1)
        .evaluationPeriods(1)
        .treatMissingData(TreatMissingData.NOT_BREACHING)
        .build();
  }

  private void output(String id, String description, String value) {
    CfnOutput.Builder.create(this, id).description(description).value(value).build();
  }
}

package io.fitroute.runtime;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fitroute.export.ExportFolder;
import io.fitroute.export.Exports;
import io.fitroute.fit.FileReceiver;
import io.fitroute.fit.FitCheck;
import io.fitroute.http.About;
import io.fitroute.http.ConnectPage;
import io.fitroute.http.Health;
import io.fitroute.http.PageHeaders;
import io.fitroute.inbox.Progress;
import io.fitroute.ledger.Ledger;
import io.fitroute.monitoring.LedgerProbe;
import io.fitroute.monitoring.ReadinessCheck;
import io.fitroute.monitoring.Warnings;
import io.fitroute.notice.Notices;
import io.fitroute.settings.Settings;
import io.fitroute.strava.activity.Activities;
import io.fitroute.strava.activity.DetailsRetention;
import io.fitroute.strava.activity.WantedSportTypes;
import io.fitroute.strava.api.ApiApplication;
import io.fitroute.strava.api.ApiResponses;
import io.fitroute.strava.api.Athletes;
import io.fitroute.strava.api.Budget;
import io.fitroute.strava.api.Cooldowns;
import io.fitroute.strava.export.IntervalsExport;
import io.fitroute.strava.export.OriginalExport;
import io.fitroute.strava.export.SessionCredential;
import io.fitroute.strava.export.streams.FitFromStreams;
import io.fitroute.strava.export.streams.SoftwareVersion;
import io.fitroute.strava.export.streams.StreamResponses;
import io.fitroute.strava.export.streams.StreamsExport;
import io.fitroute.strava.oauth.AthleteConnector;
import io.fitroute.strava.oauth.CodeExchange;
import io.fitroute.strava.oauth.ConfiguredTokens;
import io.fitroute.strava.oauth.ConnectLimit;
import io.fitroute.strava.oauth.Deauthorizations;
import io.fitroute.strava.oauth.Revocations;
import io.fitroute.strava.oauth.TokenResponses;
import io.fitroute.strava.oauth.TokenStore;
import io.fitroute.strava.oauth.Tokens;
import io.fitroute.strava.subscription.Callback;
import io.fitroute.strava.subscription.CallbackProbe;
import io.fitroute.strava.subscription.KnownSubscriptions;
import io.fitroute.strava.subscription.SubscriptionKeeper;
import io.fitroute.strava.subscription.SubscriptionResponses;
import io.fitroute.strava.webhook.AddressLimit;
import io.fitroute.strava.webhook.Handshake;
import io.fitroute.strava.webhook.Problems;
import io.fitroute.strava.webhook.Signatures;
import io.fitroute.strava.webhook.UnknownOwners;
import io.fitroute.strava.webhook.WebhookEvents;
import io.fitroute.system.SystemServices;
import io.fitroute.transfer.RawResponses;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.camel.main.Main;

/**
 * What routes name of Strava: tokens, budget, answers, the ways to a FIT file; and of the webhook:
 * who may post, what is an event, and which subscription is ours.
 */
record StravaBeans(
    Main main,
    Settings settings,
    Ledger ledger,
    Notices notices,
    Clock clock,
    SystemServices services) {

  Activities bind(Athletes athletes, Tokens tokens, ConfiguredTokens seeds, ExportFolder exports) {
    Cooldowns cooldowns = new Cooldowns(ledger, clock);
    Budget budget = new Budget(ledger, cooldowns, settings.integer("budget.reserve"), clock);
    ApiResponses answers = new ApiResponses(budget, athletes, notices);
    WantedSportTypes wantedSportTypes = new WantedSportTypes(settings.list("strava.sport-types"));
    boolean detailsStored = settings.choice("strava.store-details").equals("true");
    Activities activities = Activities.of(ledger, settings, clock);
    Cache<Object, Object> details =
        Caffeine.newBuilder().maximumSize(200).expireAfterWrite(Duration.ofHours(2)).build();
    main.bind("rawResponses", new RawResponses(settings.duration("strava.timeout")));
    main.bind("sinkAnswers", new RawResponses(settings.duration("sink.timeout")));
    main.bind("budget", budget);
    main.bind("athletes", athletes);
    main.bind("tokens", tokens);
    main.bind("configuredTokens", seeds);
    main.bind("tokenResponses", new TokenResponses());
    main.bind("apiResponses", answers);
    main.bind("streamResponses", new StreamResponses(answers));
    main.bind("wantedSportTypes", wantedSportTypes);
    main.bind("activities", activities);
    main.bind("activity-details", details);
    main.bind(
        "detailsRetention",
        new DetailsRetention(
            ledger, detailsStored, settings.integer("retention.details-days"), clock));
    main.bind("deauthorizations", new Deauthorizations(ledger, clock));
    bindExports(tokens, activities, cooldowns, exports);
    return activities;
  }

  private void bindExports(
      Tokens tokens, Activities activities, Cooldowns cooldowns, ExportFolder exports) {
    FitCheck check = new FitCheck();
    FileReceiver receiver = new FileReceiver(check, settings.bytes("export.max-size"));
    main.bind(
        "intervalsOriginals",
        new IntervalsExport(settings.secret("intervals.api-key").isPresent(), receiver, exports));
    main.bind("exports", new Exports(settings.list("fit.exports"), clock));
    main.bind("exportFolder", exports);
    main.bind(
        "streamsExport",
        new StreamsExport(new FitFromStreams(SoftwareVersion.ofProgram()), check, exports));
    main.bind(
        "originalExport",
        new OriginalExport(
            settings.url("strava.web-url"),
            new SessionCredential(settings.secret("strava.session-cookie")),
            tokens,
            activities,
            cooldowns,
            settings.duration("export.credential-pause"),
            receiver,
            exports,
            services));
  }

  void bindConnect(
      ApiApplication application,
      AthleteConnector athleteConnector,
      TokenStore store,
      KnownSubscriptions subscriptions) {
    main.bind("apiApplication", application);
    main.bind("athleteConnector", athleteConnector);
    main.bind("connectLimit", new ConnectLimit());
    main.bind("codeExchange", new CodeExchange(application));
    main.bind("revocations", new Revocations(application, store));
    main.bind("pageHeaders", new PageHeaders());
    main.bind("connectPage", new ConnectPage(settings.list("strava.sport-types"), subscriptions));
  }

  void bindWebhook(KnownSubscriptions subscriptions) {
    Problems problems = new Problems();
    main.bind("problems", problems);
    main.bind("addressLimit", new AddressLimit(settings.integer("webhook.address-limit")));
    main.bind("handshake", new Handshake(settings.secret("strava.verify-token"), problems));
    main.bind(
        "signatures",
        new Signatures(
            Signatures.Mode.valueOf(settings.choice("webhook.signature").toUpperCase(Locale.ROOT)),
            settings.secret("webhook.signing-secret"),
            clock));
    main.bind("webhookEvents", new WebhookEvents());
    main.bind("subscriptions", subscriptions);
    main.bind(
        "unknownOwners",
        new UnknownOwners(ledger, settings.integer("webhook.unknown-owners"), services));
  }

  void bindSubscription(ApiApplication application, Callback callback) {
    main.bind("callback", callback);
    main.bind("callbackProbe", new CallbackProbe(callback, services));
    main.bind("subscriptionResponses", new SubscriptionResponses(application));
    main.bind(
        "subscriptionKeeper",
        new SubscriptionKeeper(
            callback,
            SubscriptionKeeper.Leave.valueOf(
                settings.choice("webhook.subscription").toUpperCase(Locale.ROOT)),
            settings.integer("reconcile.share") > 0,
            notices,
            clock));
  }

  void bindHealth(BooleanSupplier started, Progress progress, Warnings warnings) {
    List<ReadinessCheck> checks =
        List.of(
            new ReadinessCheck(
                "start",
                () ->
                    started.getAsBoolean()
                        ? Optional.empty()
                        : Optional.of("the service is starting")),
            new ReadinessCheck("ledger", new LedgerProbe(ledger, services)::trouble),
            new ReadinessCheck("progress", progress::trouble));
    checks.forEach(check -> main.bind(check.getId() + "Check", check));
    main.bind("health", new Health(checks, warnings, clock));
    main.bind(
        "about", new About(settings.text("webhook.path"), settings.text("hevy.webhook-path")));
  }
}

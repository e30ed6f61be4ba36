package io.fitroute.settings;

import static io.fitroute.settings.Setting.derived;
import static io.fitroute.settings.Setting.optional;
import static io.fitroute.settings.Setting.required;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All settings of fitroute. Defaults and meanings are in {@code application.properties} alone, for
 * the program and the reader.
 */
final class KnownSettings {
  private static final long KILOBYTE = 1L << 10;
  private static final long MEGABYTE = 1L << 20;
  private static final long GIGABYTE = 1L << 30;

  private static final String EXPORTS =
      "names of exports such as original,streams, separated by commas";

  private static final String SINKS =
      "names of sinks such as file, separated by commas; a kind of sink, or one with sink.NAME.type";

  private final Map<String, Setting<?>> byName = new LinkedHashMap<>();
  private final Set<String> families;

  /**
   * @param kinds the kinds of sinks, whose kamelets declare their settings
   */
  KnownSettings(Collection<SinkKind> kinds) {
    declare(
        required("webhook.host", Kind.Text.host()),
        required("webhook.port", new Kind.Port()),
        required("webhook.path", Kind.Text.path(List.of("/health", "/connect", "/oauth/callback"))),
        optional("webhook.public-url", new Kind.Url()),
        required("webhook.subscription", new Kind.Choice(List.of("keep", "replace", "off"))),
        required("webhook.max-body-size", new Kind.ByteSize(KILOBYTE, 16 * MEGABYTE)),
        required("webhook.unknown-owners", new Kind.WholeNumber(0, 1_000_000)),
        required("webhook.address-limit", new Kind.WholeNumber(0, 1_000_000_000)),
        required("webhook.connections", new Kind.WholeNumber(16, 1_000_000)),
        required("webhook.idle-timeout", new Kind.TimeSpan()),
        required("webhook.signature", new Kind.Choice(List.of("off", "observe", "require"))),
        optional("webhook.signing-secret", Kind.Secret.any()),
        required("admin.host", Kind.Text.host()),
        required("admin.port", new Kind.Port()),
        optional("strava.client-id", Kind.Text.any()),
        optional("strava.client-secret", Kind.Secret.any()),
        optional("strava.verify-token", Kind.Secret.any()).alsoAs("STRAVA_WEBHOOK_VERIFY_TOKEN"),
        optional("strava.access-token", Kind.Secret.any()),
        optional("strava.refresh-token", Kind.Secret.any()),
        optional("strava.session-cookie", Kind.Secret.any()),
        required(
                "strava.scope",
                new Kind.Words(
                    Pattern.compile("[a-z_]+(:[a-z_]+)?"),
                    "scopes of Strava such as read,activity:read_all, separated by commas"))
            .alsoAs("STRAVA_DEFAULT_SCOPE"),
        derived(
                "strava.redirect-uri",
                new Kind.Url(),
                "http://localhost:{webhook.port}/oauth/callback")
            .alsoAs("OAUTH_REDIRECT_URI"),
        required(
            "strava.sport-types",
            new Kind.Words(
                Pattern.compile("[A-Za-z0-9]+|[*]"),
                "sport types such as Run,TrailRun, separated by commas, or * for all")),
        required("strava.manual", new Kind.Choice(List.of("skip", "include"))),
        required("strava.store-details", new Kind.Choice(List.of("true", "false"))),
        required("strava.timeout", new Kind.TimeSpan()),
        required("strava.api-url", new Kind.Url()),
        required("strava.oauth-url", new Kind.Url()),
        required("strava.web-url", new Kind.Url()),
        required("fit.exports", new Kind.Words(Pattern.compile("[a-z][a-z0-9-]*"), EXPORTS)),
        required("fit.sinks", new Kind.Words(Pattern.compile("[a-z][a-z0-9-]*"), SINKS)),
        required("fit.file-name", Kind.Text.simple()),
        required("fit.keep-foreign-originals", new Kind.Choice(List.of("false", "true"))),
        required("fit.calendar", new Kind.Choice(List.of("local", "utc"))),
        required("export.max-size", new Kind.ByteSize(KILOBYTE, 4 * GIGABYTE)),
        required("export.credential-pause", new Kind.TimeSpan()),
        optional("import.watch", new Kind.File()),
        required("import.convert", new Kind.Choice(List.of("true", "false"))),
        required("download.base-dir", new Kind.File()),
        required("sink.timeout", new Kind.TimeSpan()),
        required("intervals.url", new Kind.Url()),
        required("intervals.athlete", Kind.Text.any()).alsoAs("ICU_ATHLETE_ID"),
        optional("intervals.api-key", Kind.Secret.any()).alsoAs("ICU_API_KEY"),
        required("hevy.api-url", new Kind.Url()),
        optional("hevy.api-key", Kind.Secret.any()),
        optional("hevy.webhook-token", Kind.Secret.any()),
        required(
            "hevy.webhook-path", Kind.Text.path(List.of("/health", "/connect", "/oauth/callback"))),
        optional("hevy.time-zone", new Kind.TimeZone()),
        required("hevy.units", new Kind.Choice(List.of("kg", "lb"))),
        optional("hevy.title-prefix", Kind.Text.any()),
        required("hevy.activity-types", Kind.Text.pairs()),
        required("hevy.reconcile-every", new Kind.TimeSpan()),
        required("data.dir", new Kind.File()),
        optional("data.key", Kind.Secret.any()),
        optional("data.previous-key", Kind.Secret.any()),
        derived("database.url", new Kind.DatabaseUrl(), "jdbc:sqlite:{data.dir}/fitroute.db"),
        optional("database.user", Kind.Text.any()),
        optional("database.password", Kind.Secret.any()),
        optional("state.file", new Kind.File()),
        optional("notify.url", Kind.Secret.address()),
        required("notify.on", Kind.Words.outOf("problem", "delivered", "updated", "deleted")),
        required("notify.sink-after", new Kind.TimeSpan()),
        optional("reconcile.every", new Kind.TimeSpan()),
        required("reconcile.look-back", new Kind.TimeSpan()),
        required("reconcile.share", new Kind.WholeNumber(0, 100)),
        required("upload.at-once", new Kind.WholeNumber(1, 1_000)),
        required("upload.per-day", new Kind.WholeNumber(1, 100_000)),
        required("upload.give-up-after", new Kind.TimeSpan()),
        required("inbox.workers", new Kind.WholeNumber(1, 64)),
        required("inbox.lease", new Kind.TimeSpan()),
        required("on-delete", new Kind.Choice(List.of("keep", "trash", "purge"))),
        required("removal.brake", new Kind.WholeNumber(1, 1_000_000)),
        required("retention.events", new Kind.TimeSpan()),
        required("retention.ignored", new Kind.TimeSpan()),
        required("retention.details-days", new Kind.WholeNumber(0, 36_500)),
        required("budget.reserve", new Kind.WholeNumber(0, 100)),
        required("retry.failing", new Kind.BackoffSchedule()),
        required("retry.not-ready", new Kind.BackoffSchedule()),
        required("retry.sink-down", new Kind.BackoffSchedule()),
        required("retry.fresh", new Kind.TimeSpan()));
    kinds.forEach(this::declare);
    families = byName.keySet().stream().map(KnownSettings::family).collect(Collectors.toSet());
  }

  private void declare(SinkKind kind) {
    Set<String> variables =
        kind.properties().stream()
            .map(property -> Setting.variable(property.shortSetting(kind.name())))
            .collect(Collectors.toSet());
    for (SinkKind.Property property : kind.properties()) {
      Setting<?> setting = optional(property.shortSetting(kind.name()), property.kind());
      byName.putIfAbsent(setting.name(), setting.exceptByFile(variables));
    }
  }

  private void declare(Setting<?>... settings) {
    for (Setting<?> setting : settings) {
      byName.put(setting.name(), setting);
    }
  }

  /** All settings, in an order in which derived values refer to earlier ones only. */
  Iterable<Setting<?>> all() {
    return byName.values();
  }

  Set<String> names() {
    return byName.keySet();
  }

  Optional<Setting<?>> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Whether a name must be meant for fitroute because it starts like one of its settings. */
  boolean ours(String name) {
    return families.contains(family(name));
  }

  private static String family(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }
}

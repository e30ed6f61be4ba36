package io.fitroute.settings;

import static io.fitroute.settings.Setting.derived;
import static io.fitroute.settings.Setting.optional;
import static io.fitroute.settings.Setting.required;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Every setting that fitroute knows. Their defaults and what they mean stand in {@code
 * application.properties}, one place for the program and the reader.
 */
final class KnownSettings {
  private static final long KILOBYTE = 1L << 10;
  private static final long MEGABYTE = 1L << 20;
  private static final long GIGABYTE = 1L << 30;

  private static final String SINKS =
      "names of sinks such as file, separated by commas; NAME stands for the kamelet fit-NAME-sink";

  private final Map<String, Setting<?>> byName = new LinkedHashMap<>();
  private final Set<String> families;

  KnownSettings() {
    declare(
        required("webhook.host", new Kind.Host()),
        required("webhook.port", new Kind.Port()),
        required(
            "webhook.path", new Kind.UrlPath(List.of("/health", "/connect", "/oauth/callback"))),
        optional("webhook.public-url", new Kind.Url()),
        required("webhook.subscription", new Kind.Choice(List.of("keep", "replace", "off"))),
        required("webhook.max-body-size", new Kind.ByteSize(KILOBYTE, 16 * MEGABYTE)),
        required("webhook.address-limit", new Kind.WholeNumber(0, 1_000_000_000)),
        required("webhook.connections", new Kind.WholeNumber(16, 1_000_000)),
        required("webhook.idle-timeout", new Kind.TimeSpan()),
        required("webhook.signature", new Kind.Choice(List.of("off", "observe", "require"))),
        optional("webhook.signing-secret", new Kind.Secret()),
        required("admin.host", new Kind.Host()),
        required("admin.port", new Kind.Port()),
        optional("strava.client-id", new Kind.Text()),
        optional("strava.client-secret", new Kind.Secret()),
        optional("strava.verify-token", new Kind.Secret()).alsoAs("STRAVA_WEBHOOK_VERIFY_TOKEN"),
        optional("strava.access-token", new Kind.Secret()),
        optional("strava.refresh-token", new Kind.Secret()),
        optional("strava.session-cookie", new Kind.Secret()),
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
        required("fit.exports", Kind.Words.outOf("original", "streams")),
        required("fit.sinks", new Kind.Words(Pattern.compile("[a-z][a-z0-9-]*"), SINKS)),
        required("fit.file-name", new Kind.Simple()),
        required("fit.keep-foreign-originals", new Kind.Choice(List.of("false", "true"))),
        required("fit.calendar", new Kind.Choice(List.of("local", "utc"))),
        required("export.max-size", new Kind.ByteSize(KILOBYTE, 4 * GIGABYTE)),
        required("export.credential-pause", new Kind.TimeSpan()),
        required("download.base-dir", new Kind.File()),
        required("sink.timeout", new Kind.TimeSpan()),
        optional("sftp.host", new Kind.Host()),
        required("sftp.port", new Kind.Port()),
        optional("sftp.directory", new Kind.Text()),
        optional("sftp.user", new Kind.Text()),
        optional("sftp.password", new Kind.Secret()),
        optional("sftp.key-file", new Kind.File()),
        optional("sftp.key-passphrase", new Kind.Secret()),
        optional("sftp.known-hosts", new Kind.File()),
        optional("ftp.host", new Kind.Host()),
        required("ftp.port", new Kind.Port()),
        optional("ftp.directory", new Kind.Text()),
        optional("ftp.user", new Kind.Text()),
        optional("ftp.password", new Kind.Secret()),
        required("ftp.passive", new Kind.Choice(List.of("true", "false"))),
        optional("ftps.host", new Kind.Host()),
        required("ftps.port", new Kind.Port()),
        optional("ftps.directory", new Kind.Text()),
        optional("ftps.user", new Kind.Text()),
        optional("ftps.password", new Kind.Secret()),
        required("ftps.passive", new Kind.Choice(List.of("true", "false"))),
        required("ftps.implicit", new Kind.Choice(List.of("false", "true"))),
        optional("ftps.trust-store", new Kind.File()),
        optional("ftps.trust-store-password", new Kind.Secret()),
        optional("s3.endpoint", new Kind.Url()),
        required("s3.region", new Kind.Text()),
        optional("s3.bucket", new Kind.Text()),
        optional("s3.prefix", new Kind.Text()),
        required("s3.path-style", new Kind.Choice(List.of("false", "true"))),
        optional("s3.storage-class", new Kind.Text()),
        optional("s3.encryption", new Kind.Choice(List.of("AES256", "aws:kms"))),
        optional("s3.kms-key", new Kind.Text()),
        optional("s3.access-key", new Kind.Secret()),
        optional("s3.secret-key", new Kind.Secret()),
        optional("webdav.url", new Kind.Url()),
        optional("webdav.user", new Kind.Text()),
        optional("webdav.password", new Kind.Secret()),
        optional("http.url", new Kind.Url()),
        required("http.method", new Kind.Choice(List.of("PUT", "POST"))),
        optional("http.authorization", new Kind.Secret()),
        optional("http.headers", new Kind.SecretHeaders()),
        required("intervals.url", new Kind.Url()),
        required("intervals.athlete", new Kind.Text()),
        optional("intervals.api-key", new Kind.Secret()),
        required("data.dir", new Kind.File()),
        optional("data.key", new Kind.Secret()),
        optional("data.previous-key", new Kind.Secret()),
        derived("database.url", new Kind.DatabaseUrl(), "jdbc:sqlite:{data.dir}/fitroute.db"),
        optional("database.user", new Kind.Text()),
        optional("database.password", new Kind.Secret()),
        optional("state.file", new Kind.File()),
        optional("notify.url", new Kind.Secret(true)),
        required("notify.on", Kind.Words.outOf("problem", "delivered")),
        required("notify.sink-after", new Kind.TimeSpan()),
        required("inbox.workers", new Kind.WholeNumber(1, 64)),
        required("inbox.lease", new Kind.TimeSpan()),
        required("on-delete", new Kind.Choice(List.of("keep", "trash", "purge"))),
        required("removal.brake", new Kind.WholeNumber(1, 1_000_000)),
        required("retention.events", new Kind.TimeSpan()),
        required("retention.details-days", new Kind.WholeNumber(0, 36_500)),
        required("budget.reserve", new Kind.WholeNumber(0, 100)),
        required("retry.failing", new Kind.Ladder()),
        required("retry.not-ready", new Kind.Ladder()),
        required("retry.sink-down", new Kind.Ladder()),
        required("retry.fresh", new Kind.TimeSpan()));
    families = byName.keySet().stream().map(KnownSettings::family).collect(Collectors.toSet());
  }

  private void declare(Setting<?>... settings) {
    for (Setting<?> setting : settings) {
      byName.put(setting.name(), setting);
    }
  }

  /** All of them, each after those its derived value refers to. */
  Iterable<Setting<?>> all() {
    return byName.values();
  }

  Set<String> names() {
    return byName.keySet();
  }

  Optional<Setting<?>> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Whether a name can only be meant for fitroute: it starts as the name of a setting does. */
  boolean ours(String name) {
    return families.contains(family(name));
  }

  private static String family(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }
}

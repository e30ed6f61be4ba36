package io.fitroute.cli;

import io.fitroute.cli.report.LocalTimes;
import io.fitroute.monitoring.Warnings;
import io.fitroute.runtime.Service;
import io.fitroute.settings.Settings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines shown when the service has started.
 *
 * @param lines a subject with its text
 * @param missing what is missing and where to find it
 * @param doubtful settings that are probably mistakes
 */
record Banner(List<Line> lines, List<String> missing, List<String> doubtful) {

  private record Line(String subject, String text) {}

  public static Banner of(Settings settings, Service service) {
    List<Line> lines = new ArrayList<>();
    String template = settings.text("fit.file-name").replaceAll("\\$\\{variable\\.(\\w+)}", "{$1}");
    for (String sink : settings.list("fit.sinks")) {
      lines.add(
          new Line(
              "files",
              sink.equals("file")
                  ? settings.path("download.base-dir") + "/" + template
                  : template + " at the sink " + sink));
    }
    lines.add(
        new Line(
            "webhook",
            "http://"
                + settings.text("webhook.host")
                + ":"
                + service.webhookPort()
                + settings.text("webhook.path")));
    lines.add(
        new Line(
            "admin",
            "http://"
                + settings.text("admin.host")
                + ":"
                + service.adminPort()
                + "/observe/health and /observe/metrics"));
    lines.add(new Line("data", settings.path("data.dir").toString()));
    lines.add(new Line("taking", String.join(", ", settings.list("strava.sport-types"))));
    if (!service.isOnlyWorker()) {
      lines.add(new Line("beside", "another fitroute works on the same data folder"));
    }
    List<String> missing = new ArrayList<>(service.warnings().ofSettings());
    missing.addAll(service.warnings().ofAthletes());
    List<String> doubtful = new ArrayList<>(settings.warnings());
    doubtful.addAll(Warnings.ofSportTypes(settings));
    return new Banner(lines, missing, doubtful);
  }

  void print(PrintWriter out) {
    out.println("fitroute " + Version.ofProgram() + " is ready");
    lines.forEach(line -> out.printf("  %-8s %s%n", line.subject(), line.text()));
    missing.forEach(warning -> out.println("  missing: " + LocalTimes.in(warning)));
    doubtful.forEach(warning -> out.println("  warning: " + warning));
  }
}

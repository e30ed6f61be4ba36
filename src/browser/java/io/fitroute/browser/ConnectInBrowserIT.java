package io.fitroute.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import io.fitroute.RequiredTool;
import io.fitroute.runtime.TestBed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An athlete connects with a real browser at the fake Strava's consent page. */
class ConnectInBrowserIT {

  private static final String ANN = Long.toString(TestBed.ATHLETE);

  /** Disables calls home, and the sandbox, which is not available to root. */
  private static final List<String> ALONE =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private static Playwright playwright;
  private static Browser chromium;

  @TempDir Path folder;
  private TestBed bed;
  private BrowserContext context;
  private Page page;
  private final List<String> complaints = new ArrayList<>();

  @BeforeAll
  static void launch() {
    Path program = RequiredTool.find("chromium", "chromium-browser", "google-chrome");
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new LaunchOptions().setExecutablePath(program).setHeadless(true).setArgs(ALONE));
  }

  @AfterAll
  static void quit() {
    if (playwright != null) {
      playwright.close();
    }
  }

  @BeforeEach
  void open() {
    bed = TestBed.prepare(folder).start();
    context = chromium.newContext();
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          boolean isOfTheIcon = message.location().contains("/favicon.ico");
          if (message.type().equals("error") && !isOfTheIcon) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
  }

  @AfterEach
  void close() {
    context.close();
    bed.close();
  }

  private void setOut() {
    page.navigate(bed.url("/connect").toString());
    assertThat(page.title()).isEqualTo("Authorize | Strava");
  }

  /** Answers the consent page and returns from it. */
  private void answer(String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
    page.waitForURL(address -> address.contains("/oauth/callback?"));
  }

  private String heading() {
    return page.getByRole(AriaRole.HEADING).textContent();
  }

  private String text() {
    return page.locator("body").innerText();
  }

  private boolean isAnnConnected() {
    return bed.service().athletes().find(ANN).isPresent();
  }

  @Test
  void anAthleteConnects() {
    setOut();
    answer("Authorize");

    assertThat(heading()).isEqualTo("Ann Example is connected");
    assertThat(text())
        .contains("Ann Example (athlete 4455667) is connected with Strava.")
        .contains("You may close this window.");
    assertThat(isAnnConnected()).isTrue();
    assertThat(complaints).isEmpty();
    // the page's own policy does not block its style
    assertThat(page.evaluate("getComputedStyle(document.body).fontFamily")).isEqualTo("sans-serif");
  }

  @Test
  void anAthleteWhoSaysNoIsToldSoAndMayConnectAgain() {
    setOut();
    answer("Cancel");

    assertThat(heading()).isEqualTo("Not connected");
    assertThat(text()).contains("You denied access at Strava, so no athlete was connected");
    assertThat(isAnnConnected()).isFalse();

    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Connect again")).click();
    answer("Authorize");
    assertThat(heading()).isEqualTo("Ann Example is connected");
    assertThat(isAnnConnected()).isTrue();
  }

  @Test
  void aBoxThatIsNotTickedIsNamed() {
    setOut();
    page.getByLabel("activity:read_all").uncheck();
    answer("Authorize");

    assertThat(heading()).isEqualTo("Not connected");
    assertThat(text())
        .contains("The permission lacks activity:read_all")
        .contains("leave \"View data about your private activities\" ticked");
    assertThat(isAnnConnected()).isFalse();
  }

  @Test
  void theWayBackCountsOnceAlsoWhenThePageIsLoadedAgain() {
    setOut();
    answer("Authorize");
    page.reload();

    assertThat(heading()).isEqualTo("Not connected");
    assertThat(text()).contains("This link is valid once");
    assertThat(isAnnConnected()).isTrue();
  }

  @Test
  void theFrontPageIsAPage() {
    page.navigate(bed.url("/").toString());

    assertThat(text()).contains("fitroute");
    assertThat(complaints).isEmpty();
  }
}

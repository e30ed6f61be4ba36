package io.fitroute.inbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Consumer;
import org.apache.camel.Expression;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.util.TimeUtils;

/**
 * {@code inbox:OPERATION}.
 *
 * <p>As a source: {@code inbox:work} with {@code workers}, {@code lease} and the delays {@code
 * failing}, {@code notReady} and {@code sinkDown}, comma lists of durations, and {@code fresh}; it
 * gives the {@link Event} as the body and the variable {@code event}, and the variable {@code
 * fresh}: whether it is worth waiting for what is not ready. As a target: {@code inbox:accept}
 * takes the body, a {@link NewEvent}; {@code inbox:tell} adds a {@code step}, in the Simple
 * language, to the story of the event in hand; {@code inbox:done}, {@code skip}, {@code dead},
 * {@code fail}, {@code sink-down}, {@code not-ready} and {@code park} end the attempt at it with a
 * {@code reason}, in Simple too, and stop the route; {@code park} waits until the instant that
 * {@code until}, in Simple, says, or else for {@code delay}.
 */
@UriEndpoint(
    scheme = "inbox",
    firstVersion = "0.1.0",
    title = "Inbox",
    syntax = "inbox:operation",
    category = {})
public final class InboxEndpoint extends DefaultEndpoint {

  private static final double JITTER = 0.1;

  private final Operation operation;

  @UriParam private int workers = 4;
  @UriParam private Duration lease = Duration.ofSeconds(30);
  @UriParam private String failing = "10s,1m,5m,30m,2h,6h";
  @UriParam private String notReady = "15s,2m,15m,45m";
  @UriParam private String sinkDown = "1m,5m,15m,1h,3h,12h,1d";
  @UriParam private Duration fresh = Duration.ofHours(1);
  @UriParam private String reason = "";
  @UriParam private String step = "";
  @UriParam private String until = "";
  @UriParam private Duration delay = Duration.ofHours(1);

  InboxEndpoint(String uri, InboxComponent component, Operation operation) {
    super(uri, component);
    this.operation = operation;
  }

  @Override
  public Producer createProducer() {
    InboxComponent component = (InboxComponent) getComponent();
    return switch (operation) {
      case ACCEPT -> new AcceptProducer(this, component.getInbox());
      case TELL -> new TellProducer(this, component.getStory(), simple(step));
      case WORK -> throw new IllegalArgumentException("inbox:work stands after from");
      default -> new OutcomeProducer(this, operation, simple(reason), simple(until));
    };
  }

  private Expression simple(String text) {
    Expression expression = getCamelContext().resolveLanguage("simple").createExpression(text);
    expression.init(getCamelContext());
    return expression;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    if (operation != Operation.WORK) {
      throw new IllegalArgumentException("after from stands inbox:work");
    }
    InboxComponent component = (InboxComponent) getComponent();
    InboxConsumer consumer = new InboxConsumer(this, processor, component.getInbox());
    configureConsumer(consumer);
    return consumer;
  }

  RetryPolicy retryPolicy() {
    return new RetryPolicy(
        ladder(failing), ladder(notReady), ladder(sinkDown), fresh, InboxEndpoint::jittered);
  }

  private static Duration jittered(Duration delay) {
    double factor = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
    return Duration.ofNanos((long) (delay.toNanos() * factor));
  }

  private static Ladder ladder(String delays) {
    List<Duration> rungs =
        Arrays.stream(delays.split(","))
            .map(delay -> Duration.ofMillis(TimeUtils.toMilliSeconds(delay.strip())))
            .toList();
    return new Ladder(rungs);
  }

  public int getWorkers() {
    return workers;
  }

  public void setWorkers(int workers) {
    this.workers = workers;
  }

  public Duration getLease() {
    return lease;
  }

  public void setLease(Duration lease) {
    this.lease = lease;
  }

  public String getFailing() {
    return failing;
  }

  public void setFailing(String failing) {
    this.failing = failing;
  }

  public String getNotReady() {
    return notReady;
  }

  public void setNotReady(String notReady) {
    this.notReady = notReady;
  }

  public String getSinkDown() {
    return sinkDown;
  }

  public void setSinkDown(String sinkDown) {
    this.sinkDown = sinkDown;
  }

  public Duration getFresh() {
    return fresh;
  }

  public void setFresh(Duration fresh) {
    this.fresh = fresh;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }

  public String getStep() {
    return step;
  }

  public void setStep(String step) {
    this.step = step;
  }

  public String getUntil() {
    return until;
  }

  public void setUntil(String until) {
    this.until = until;
  }

  public Duration getDelay() {
    return delay;
  }

  public void setDelay(Duration delay) {
    this.delay = delay;
  }
}

package io.fitroute.inbox.camel;

import io.fitroute.inbox.BackoffSchedule;
import io.fitroute.inbox.Event;
import io.fitroute.inbox.Inbox;
import io.fitroute.inbox.NewEvent;
import io.fitroute.inbox.RetryPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Expression;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.util.TimeUtils;

/**
 * {@code inbox:ACTION}.
 *
 * <p>As a consumer: {@code inbox:work} with {@code workers}, {@code lease}, {@code fresh} and the
 * delays {@code failing}, {@code notReady} and {@code sinkDown}, which are comma-separated
 * durations. The body and the variable {@code event} are the {@link Event}; the variable {@code
 * fresh} is whether it is worthwhile to wait for an object that is not ready.
 *
 * <p>As a producer: {@code inbox:accept} accepts the body, a {@link NewEvent}; {@code inbox:log}
 * adds a {@code step} to the log of the current event; {@code inbox:done}, {@code skip}, {@code
 * dead}, {@code retry}, {@code sink-down}, {@code not-ready} and {@code defer} end the attempt with
 * a {@code reason} and stop the route; {@code defer} waits until the instant {@code until}, or else
 * for {@code delay}. These texts are Simple expressions.
 */
public final class InboxEndpoint extends DefaultEndpoint {

  private static final double JITTER = 0.1;

  private final InboxAction operation;
  private final Inbox inbox;
  private final int workers;
  private final Duration lease;
  private final RetryPolicy retryPolicy;
  private final String reason;
  private final String step;
  private final String until;
  private final Duration delay;

  /**
   * @param parameters the options of the URI; known ones are removed
   */
  InboxEndpoint(
      String uri, InboxComponent component, InboxAction operation, Map<String, Object> parameters) {
    super(uri, component);
    this.operation = operation;
    this.inbox = component.getInbox();
    this.workers = component.getAndRemoveParameter(parameters, "workers", Integer.class, 4);
    this.lease = time(component, parameters, "lease", Duration.ofSeconds(30));
    this.retryPolicy =
        new RetryPolicy(
            backoffSchedule(text(component, parameters, "failing", "10s,1m,5m,30m,2h,6h")),
            backoffSchedule(text(component, parameters, "notReady", "15s,2m,15m,45m")),
            backoffSchedule(text(component, parameters, "sinkDown", "1m,5m,15m,1h,3h,12h,1d")),
            time(component, parameters, "fresh", Duration.ofHours(1)),
            this::jittered);
    this.reason = text(component, parameters, "reason", "");
    this.step = text(component, parameters, "step", "");
    this.until = text(component, parameters, "until", "");
    this.delay = time(component, parameters, "delay", Duration.ofHours(1));
  }

  private static String text(
      InboxComponent component, Map<String, Object> parameters, String name, String otherwise) {
    return component.getAndRemoveParameter(parameters, name, String.class, otherwise);
  }

  private static Duration time(
      InboxComponent component, Map<String, Object> parameters, String name, Duration otherwise) {
    return component.getAndRemoveParameter(parameters, name, Duration.class, otherwise);
  }

  @Override
  public Producer createProducer() {
    return switch (operation) {
      case ACCEPT -> new AcceptProducer(this, inbox);
      case LOG ->
          new LogProducer(this, ((InboxComponent) getComponent()).getEventLog(), simple(step));
      case WORK -> throw new IllegalArgumentException("inbox:work must follow from");
      default -> new OutcomeProducer(this, operation, simple(reason), simple(until), inbox.clock());
    };
  }

  private Expression simple(String text) {
    Expression expression = getCamelContext().resolveLanguage("simple").createExpression(text);
    expression.init(getCamelContext());
    return expression;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    if (operation != InboxAction.WORK) {
      throw new IllegalArgumentException("from must be inbox:work");
    }
    InboxConsumer consumer = new InboxConsumer(this, processor, inbox);
    configureConsumer(consumer);
    return consumer;
  }

  RetryPolicy retryPolicy() {
    return retryPolicy;
  }

  private Duration jittered(Duration delay) {
    double factor = 1 + JITTER * (2 * inbox.services().random().nextDouble() - 1);
    return Duration.ofNanos((long) (delay.toNanos() * factor));
  }

  private static BackoffSchedule backoffSchedule(String delays) {
    return new BackoffSchedule(
        Arrays.stream(delays.split(","))
            .map(delay -> Duration.ofMillis(TimeUtils.toMilliSeconds(delay.strip())))
            .toList());
  }

  int getWorkers() {
    return workers;
  }

  Duration getLease() {
    return lease;
  }

  Duration getDelay() {
    return delay;
  }
}

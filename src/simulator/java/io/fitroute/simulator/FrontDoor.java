package io.fitroute.simulator;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Handles requests before the routes: records them and applies the faults of the transport. */
final class FrontDoor implements Handler<RoutingContext> {

  private static final String CONTROL = "/fake";

  private final RequestLog log;
  private final Faults faults;
  private final Clock clock;

  FrontDoor(RequestLog log, Faults faults, Clock clock) {
    this.log = log;
    this.faults = faults;
    this.clock = clock;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.path().startsWith(CONTROL)) {
      context.next();
      return;
    }
    RequestLog.Entry entry = log.arrived(request);
    HttpServerResponse response = context.response();
    response.putHeader("Date", now());
    context.addHeadersEndHandler(head -> entry.answered(response.getStatusCode()));
    List<Fault> struck = faults.strike(request.method().name(), request.path());
    if (struck.isEmpty()) {
      context.next();
    } else {
      request.pause();
      happen(struck.iterator(), context);
    }
  }

  private String now() {
    Instant now = clock.instant();
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
  }

  private static void happen(Iterator<Fault> struck, RoutingContext context) {
    if (!struck.hasNext()) {
      proceed(context);
      return;
    }
    Fault fault = struck.next();
    // Java 17 has no switch over types
    if (fault instanceof Fault.Delay delay) {
      long millis = Math.max(1, delay.time().toMillis());
      context.vertx().setTimer(millis, fired -> happen(struck, context));
    } else if (fault instanceof Fault.Answer answer) {
      answer(answer, context);
    } else if (fault instanceof Fault.CutBody cut) {
      channel(context).pipeline().addFirst(new CutAfter(cut.bytes()));
      proceed(context);
    } else if (fault instanceof Fault.Drip drip) {
      channel(context).pipeline().addFirst(new DripAfter(drip.bytes(), drip.pause().toMillis()));
      proceed(context);
    } else if (fault instanceof Fault.WrongLength wrong) {
      announce(wrong.difference(), context);
      proceed(context);
    } else if (fault instanceof Fault.Headers headers) {
      context.addHeadersEndHandler(head -> replace(headers.values(), context.response()));
      proceed(context);
    } else if (fault instanceof Fault.GzipBomb bomb) {
      GzipBombs.send(bomb.unpackedBytes(), context);
    } else {
      drop(context);
    }
  }

  private static void proceed(RoutingContext context) {
    context.request().resume();
    context.next();
  }

  private static void answer(Fault.Answer answer, RoutingContext context) {
    context.request().resume();
    HttpServerResponse response = context.response();
    response.setStatusCode(answer.status()).putHeader("Content-Type", answer.contentType());
    answer.headers().forEach(response::putHeader);
    response.end(Buffer.buffer(answer.body()));
  }

  private static void replace(Map<String, String> values, HttpServerResponse response) {
    values.forEach(
        (name, value) -> {
          response.headers().remove(name);
          if (!value.isEmpty()) {
            response.headers().add(name, value);
          }
        });
  }

  private static void announce(int difference, RoutingContext context) {
    HttpServerResponse response = context.response();
    context.addHeadersEndHandler(
        head -> {
          long length = Long.parseLong(response.headers().get("Content-Length"));
          response.headers().set("Content-Length", Long.toString(length + difference));
        });
    context.addEndHandler(sent -> context.request().connection().close());
  }

  /**
   * Resets the connection, because a client may take an ordinary close for the end of the response.
   */
  private static void drop(RoutingContext context) {
    Channel channel = channel(context);
    if (!channel.isOpen()) {
      return;
    }
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    channel.close();
  }

  private static Channel channel(RoutingContext context) {
    return ((ConnectionBase) context.request().connection()).channel();
  }
}

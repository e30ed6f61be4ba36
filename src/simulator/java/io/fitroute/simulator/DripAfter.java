package io.fitroute.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Passes a number of bytes, and then one at a time with pauses. */
final class DripAfter extends ChannelOutboundHandlerAdapter {

  private final long pauseMillis;
  private final Deque<ByteBuf> waiting = new ArrayDeque<>();
  private int left;
  private boolean dripping;

  DripAfter(int bytes, long pauseMillis) {
    this.left = bytes;
    this.pauseMillis = pauseMillis;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (!(message instanceof ByteBuf bytes)) {
      context.write(message, promise);
      return;
    }
    int quick = Math.min(left, bytes.readableBytes());
    left -= quick;
    if (quick > 0) {
      context.write(bytes.readRetainedSlice(quick));
    }
    waiting.add(bytes);
    promise.trySuccess();
    if (!dripping) {
      dripping = true;
      drip(context);
    }
  }

  private void drip(ChannelHandlerContext context) {
    while (!waiting.isEmpty() && !waiting.peek().isReadable()) {
      waiting.poll().release();
    }
    if (!context.channel().isActive()) {
      waiting.forEach(ReferenceCountUtil::release);
      waiting.clear();
      return;
    }
    if (!waiting.isEmpty()) {
      context.writeAndFlush(waiting.peek().readRetainedSlice(1));
    }
    context.executor().schedule(() -> drip(context), pauseMillis, TimeUnit.MILLISECONDS);
  }
}

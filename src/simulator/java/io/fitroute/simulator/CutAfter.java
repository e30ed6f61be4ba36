package io.fitroute.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;

/** Passes the head of a response and a number of bytes of its body, then closes the connection. */
final class CutAfter extends ChannelOutboundHandlerAdapter {

  private static final int END_OF_HEAD = 0x0d0a0d0a;

  private int left;
  private int lastFour;
  private boolean inBody;
  private boolean cut;

  CutAfter(int bytes) {
    this.left = bytes;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (cut || !(message instanceof ByteBuf bytes)) {
      ReferenceCountUtil.release(message);
      promise.trySuccess();
      end(context);
      return;
    }
    int allowed = allowed(bytes);
    if (allowed == bytes.readableBytes()) {
      context.write(bytes, promise);
    } else {
      context.write(bytes.writerIndex(bytes.readerIndex() + allowed), promise);
      end(context);
    }
  }

  private int allowed(ByteBuf bytes) {
    int index = bytes.readerIndex();
    while (!inBody && index < bytes.writerIndex()) {
      lastFour = lastFour << 8 | bytes.getUnsignedByte(index++);
      inBody = lastFour == END_OF_HEAD;
    }
    int body = Math.min(left, bytes.writerIndex() - index);
    left -= body;
    return index - bytes.readerIndex() + body;
  }

  private void end(ChannelHandlerContext context) {
    if (!cut) {
      cut = true;
      context.flush();
      context.close();
    }
  }
}

import type { IncomingMessage } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { Express } from 'express';
import type { Server, ServerOptions } from 'socket.io';
import { Sessions } from '../auth/sessions.service';
import { Refusal } from '../contract/refusals';
import { MAX_BYTES } from '../contract/terms';
import { addressOf } from '../http/address';
import { Limits } from '../http/limits';
import { isOwnOrigin } from '../http/origin';
import { shareSessionEnds } from './session-ends';

/** How sockets reach us: websocket alone, so that no session has to stick to a process, and never from another site's page. */
export class SocketAdapter extends IoAdapter {
  constructor(
    private readonly app: INestApplication,
    private readonly publicUrl: string | undefined,
    /** How servers reach each other, where there are several. */
    private readonly control: ServerOptions['adapter'] | null,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const own: Partial<ServerOptions> = {
      path: '/ws',
      transports: ['websocket'],
      serveClient: false,
      maxHttpBufferSize: MAX_BYTES.socketMessage,
      perMessageDeflate: false,
      connectTimeout: 8_000,
      pingInterval: 10_000,
      pingTimeout: 10_000,
      allowRequest: (request, answer) => answer(null, this.isWelcome(request)),
    };
    const server = super.createIOServer(port, { ...options, ...own }) as Server;
    if (this.control) {
      server.adapter(this.control);
      shareSessionEnds(server, this.app.get(Sessions));
    }
    return server;
  }

  /** Whether a connection may be opened; who it is that opens it is not known yet. */
  private isWelcome(request: IncomingMessage): boolean {
    const { url, headers, socket } = request;
    if (!isCurrent(url) || !isOwnOrigin(this.publicUrl, headers.origin, headers.host)) return false;
    try {
      const express = this.app.getHttpAdapter().getInstance() as Express;
      this.app.get(Limits).hold('sockets-of-address', addressOf(express, request), socket);
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }
}

/** Of the one version of Engine.IO we speak. Others would be let in first, and cut off with bytes that are no frame. */
const isCurrent = (url = ''): boolean => new URLSearchParams(url.split('?')[1]).getAll('EIO').join() === '4';

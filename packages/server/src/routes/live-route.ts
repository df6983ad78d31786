import { FaceMorphError } from '@facemorph/core/node';
import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.js';
import { badRequest } from '../http-errors.js';
import { type LiveMessage, LiveSession } from '../live-session.js';
import { liveMessage } from '../schemas.js';

/** Its address. */
export const LIVE = '/v1/live';

/** Milliseconds between two pings; a client that has not answered by the next is cut off. */
const HEARTBEAT = 30_000;

/** `GET /v1/live`: a WebSocket on which edits are drawn as they come. */
export async function liveRoute(app: FastifyInstance, context: Context): Promise<void> {
  const { settings, metrics, lifecycle } = context;
  let open = 0;
  await app.register(websocket, { options: { maxPayload: settings.maxBytes } });
  app.get(
    LIVE,
    {
      websocket: true,
      schema: {
        summary: 'WebSocket: edits are drawn as they come, the newest wins',
        description:
          'Send `{"type":"open","seed":7}` or a picture file as a binary message, then `{"type":"edit","id":1,"edits":{"smiling":2}}`. Each frame is a JSON message and the picture as a binary one.',
      },
      preValidation: async () => {
        if (open < settings.maxLive && !lifecycle.stopping) return;
        metrics.refused.inc({ reason: 'live' });
        throw new FaceMorphError('BUSY', 'There are too many live connections');
      },
    },
    (socket, request) => {
      open++;
      metrics.live.set(open);
      const stopHeartbeat = startHeartbeat(socket);
      socket.on('close', () => {
        open--;
        metrics.live.set(open);
        stopHeartbeat();
      });
      // What is too large or no WebSocket; `close` follows.
      socket.on('error', () => {});
      const session = new LiveSession(socket, context);
      const isMessage = request.compileValidationSchema(liveMessage);
      socket.on('message', (data: Buffer, isBinary) => {
        if (isBinary) {
          session.receive({ type: 'open', image: data });
          return;
        }
        const message = parse(data.toString());
        if (isMessage(message)) session.receive(message as LiveMessage);
        else void session.fail(badRequest('The message is malformed', 'See /docs for its form.'));
      });
    },
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function startHeartbeat(socket: {
  ping(): void;
  terminate(): void;
  on(event: 'pong', listener: () => void): unknown;
}): () => void {
  let alive = true;
  socket.on('pong', () => {
    alive = true;
  });
  const timer = setInterval(() => {
    if (!alive) socket.terminate();
    alive = false;
    socket.ping();
  }, HEARTBEAT);
  return () => clearInterval(timer);
}

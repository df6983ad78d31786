import { FaceMorphError } from '@facemorph/core/node';
import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import type { Context } from '../context.js';
import { badRequest } from '../http-errors.js';
import { LivePlaces } from '../live-places.js';
import { type LiveMessage, LiveSession } from '../live-session.js';
import { liveMessage } from '../schemas.js';

/** Its address. */
export const LIVE = '/v1/live';

/** Milliseconds between two pings; a client that has not answered by the next is cut off. */
const HEARTBEAT = 30_000;

/** Bytes of answers, many frames, that a client may leave unread before it is cut off. */
const MAX_UNREAD = 4 * 2 ** 20;

/** Bytes of a text other than `open`: everybody waits while a long one is parsed, so it may come once. */
const MAX_TEXT = 256 * 1024;

/** `GET /v1/live`: a WebSocket on which edits are drawn as they come. */
export async function liveRoute(app: FastifyInstance, context: Context): Promise<void> {
  const { settings, metrics, lifecycle } = context;
  const places = new LivePlaces();
  await app.register(websocket, { options: { maxPayload: settings.maxBytes } });
  app.get(
    LIVE,
    {
      websocket: true,
      schema: {
        summary: 'WebSocket: edits are drawn as they come, the newest wins',
        description:
          'Send `{"type":"open","seed":7}` or a picture file as a binary message, then `{"type":"edit","id":1,"edits":{"smiling":2}}`. Each frame is a JSON message and the picture as a binary one. A text longer than 256 KiB that is no `open` ends the connection, and so do 4 MiB of answers left unread.',
      },
      preValidation: async (request) => {
        const isFull = places.taken >= settings.maxLive || lifecycle.stopping;
        if (!isFull && places.takenBy(request) < settings.maxLivePerAddress) return;
        metrics.refused.inc({ reason: 'live' });
        const whose = isFull ? '' : ' of this address';
        throw new FaceMorphError('BUSY', `There are too many live connections${whose}`);
      },
    },
    (socket, request) => {
      const leave = places.take(request);
      metrics.live.set(places.taken);
      const stopHeartbeat = startHeartbeat(socket);
      socket.on('close', () => {
        leave();
        metrics.live.set(places.taken);
        stopHeartbeat();
      });
      // What is too large or no WebSocket; `close` follows.
      socket.on('error', () => {});
      endUnread(socket);
      const session = new LiveSession(socket, context);
      const isMessage = request.compileValidationSchema(liveMessage);
      socket.on('message', (data: Buffer, isBinary) => {
        if (socket.readyState !== socket.OPEN) return;
        if (isBinary) {
          session.receive({ type: 'open', image: data });
          return;
        }
        const message = parse(data.toString()) as LiveMessage;
        const isLong = data.length > MAX_TEXT;
        if (isMessage(message) && (!isLong || message.type === 'open')) session.receive(message);
        else if (isLong) socket.close(1008, 'Only "open" may be that long');
        else void session.fail(badRequest('The message is malformed', 'See /docs for its form.'));
      });
    },
  );
}

/** Cuts a client off that sends and never reads: each message and ping has an answer, which waits here. */
function endUnread(socket: WebSocket): void {
  const check = (): void => {
    if (socket.bufferedAmount > MAX_UNREAD) socket.terminate();
  };
  socket.on('message', check);
  socket.on('ping', check);
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

import { type Edits, FaceMorphError } from '@facemorph/core/node';
import type { WebSocket } from 'ws';
import { fileOf } from './answer-picture.js';
import { answerOf, badRequest } from './http-errors.js';
import { readLatent, writeLatent } from './latent.js';
import type { Metrics } from './metrics.js';
import type { Settings } from './options.js';
import type { ServerPool } from './timed-pool.js';

/** What a client sends; a binary message is `open` with that picture file. */
export type LiveMessage =
  | {
      readonly type: 'open';
      readonly image?: string | Buffer;
      readonly latent?: string;
      readonly seed?: number;
      readonly face?: number;
      readonly aligned?: boolean;
    }
  | {
      readonly type: 'edit';
      /** Comes back with the frame. */
      readonly id?: number;
      readonly edits: Edits;
      readonly keep?: readonly string[];
      readonly format?: 'jpeg' | 'png' | 'webp';
      readonly quality?: number;
    };

type Open = Extract<LiveMessage, { type: 'open' }>;
type Edit = Extract<LiveMessage, { type: 'edit' }>;

/** What a session needs of the server. */
export interface LiveContext {
  readonly pool: ServerPool;
  readonly settings: Settings;
  readonly metrics: Metrics;
}

/**
 * One live connection: a face, and the newest edit of it that was asked for. While a frame is made
 * or on its way to a slow client, newer edits replace the one that waits; nothing piles up.
 */
export class LiveSession {
  readonly #socket: WebSocket;
  readonly #context: LiveContext;
  readonly #gone: AbortController = new AbortController();
  #face: Float32Array | undefined;
  #open: Open | undefined;
  #edit: Edit | undefined;
  #working = false;

  constructor(socket: WebSocket, context: LiveContext) {
    this.#socket = socket;
    this.#context = context;
    socket.on('close', () => this.#gone.abort());
  }

  /** Takes a checked message. */
  receive(message: LiveMessage): void {
    if (message.type === 'open') {
      this.#open = message;
      this.#edit = undefined;
    } else {
      if (this.#edit) this.#context.metrics.overtaken.inc();
      this.#edit = message;
    }
    if (!this.#working) void this.#work();
  }

  async fail(error: unknown, id?: number): Promise<void> {
    const { body } = answerOf(error);
    await this.#send(JSON.stringify({ type: 'error', id, ...body }));
  }

  async #work(): Promise<void> {
    this.#working = true;
    while (!this.#gone.signal.aborted) {
      const open = this.#open;
      const edit = open ? undefined : this.#edit;
      if (open) this.#open = undefined;
      else if (edit) this.#edit = undefined;
      else break;
      try {
        if (open) await this.#openFace(open);
        else if (edit) await this.#drawFrame(edit);
      } catch (error) {
        await this.fail(error, edit?.id);
      }
    }
    this.#working = false;
  }

  async #openFace({ image, latent, seed, face, aligned }: Open): Promise<void> {
    const { pool, settings } = this.#context;
    const task = { timeout: settings.jobTimeout, signal: this.#gone.signal };
    await pool.room(task.signal);
    let scores: Readonly<Record<string, number>>;
    if (image !== undefined) {
      const bytes = typeof image === 'string' ? Buffer.from(image, 'base64') : image;
      const options = { ...task, face, aligned, maxPixels: settings.maxPixels };
      const encoded = await pool.encode(bytes, options);
      this.#face = encoded.latent;
      scores = encoded.scores;
    } else {
      if (latent !== undefined) this.#face = readLatent(latent, pool.manifest.latent.size);
      else if (seed !== undefined) this.#face = (await pool.sample({ ...task, seed }))[0]!.latent;
      else throw badRequest('Expected image, latent or seed to open');
      await pool.room(task.signal);
      scores = (await pool.edit(this.#face, {}, task)).before;
    }
    await this.#send(JSON.stringify({ type: 'opened', latent: writeLatent(this.#face), scores }));
  }

  async #drawFrame({ id, edits, keep, format, quality }: Edit): Promise<void> {
    const { pool, settings } = this.#context;
    if (!this.#face) {
      throw new FaceMorphError('NO_FACE', 'No face is open', { hint: 'Send "open" first.' });
    }
    await pool.room(this.#gone.signal);
    const choice = {
      ...(format === undefined ? {} : { format }),
      ...(quality === undefined ? {} : { quality }),
    };
    const { picture, width, height, reached, latent } = await pool.edit(this.#face, edits, {
      keep,
      timeout: settings.jobTimeout,
      signal: this.#gone.signal,
      ...fileOf(choice),
    });
    const facts = { type: 'frame', id, width, height, reached, latent: writeLatent(latent) };
    await this.#send(JSON.stringify(facts));
    await this.#send(picture);
  }

  /** Resolves when the data is on its way: a slow client slows down its own frames only. */
  #send(data: string | Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.send(data, () => resolve());
    });
  }
}

import { markProvenance } from '@facemorph/core/node';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import sharp from 'sharp';
import { answerPicture, type FileChoice, fileOf, wantsJson } from '../answer-picture.js';
import type { Context } from '../context.js';
import { badRequest } from '../http-errors.js';
import { readLatent, writeLatent } from '../latent.js';
import { decodeBody, morphBody, sampleQuery } from '../schemas.js';
import type { ServerPool } from '../timed-pool.js';

interface End {
  readonly image?: string;
  readonly latent?: string;
  readonly seed?: number;
}

interface MorphBody {
  readonly from?: End;
  readonly to?: End;
  readonly aligned?: boolean;
  readonly frames?: number;
  readonly path?: 'linear' | 'spherical';
  readonly easing?: 'linear' | 'smooth';
  readonly fps?: number;
}

interface SampleQuery extends FileChoice {
  readonly seed: number;
  readonly count: number;
  readonly truncation: number;
}

/** `POST /v1/decode`, `/v1/morph`, `GET /v1/sample`, `/v1/attributes`: what the model draws. */
export function faceRoutes(app: FastifyInstance, { pool, settings }: Context): void {
  const { maxPixels, jobTimeout: timeout } = settings;

  app.post<{ Body: FileChoice & { latents: string[] } }>(
    '/v1/decode',
    {
      config: { work: true },
      schema: { summary: 'The pictures of latents', body: decodeBody },
    },
    async (request, reply) => {
      const { latents, ...choice } = request.body;
      const { file } = fileOf(choice);
      const faces = latents.map((text) => readLatent(text, pool.manifest.latent.size));
      const pictures = await pool.decode(faces, { file, timeout, signal: request.gone });
      const [first] = pictures;
      if (pictures.length === 1 && first && !wantsJson(request)) {
        return answerPicture(request, reply, { type: file.type, picture: first.picture });
      }
      return { type: file.type, images: pictures.map(({ picture }) => base64(picture)) };
    },
  );

  app.post<{ Body: MorphBody }>(
    '/v1/morph',
    {
      config: { work: true },
      schema: {
        summary: 'An animation from one face to another, as WebP',
        description:
          'Each end is an image, a latent or a seed; in a form, the files `from` and `to`. With `Accept: application/json` the answer has the frames as PNG.',
        consumes: ['application/json', 'multipart/form-data'],
        body: morphBody,
      },
    },
    async (request, reply) => {
      const { aligned, frames = 16, path, easing, fps = 24 } = request.body;
      const [from, to] = await Promise.all([
        endOf(request, pool, 'from'),
        endOf(request, pool, 'to'),
      ]);
      const pictures = await pool.morph(from, to, {
        ...{ aligned, frames, path, easing, maxPixels, timeout, signal: request.gone },
        file: { type: 'image/png' },
      });
      if (wantsJson(request)) {
        return { type: 'image/png', images: pictures.map(({ picture }) => base64(picture)) };
      }
      const picture = await animate(
        pictures.map((frame) => frame.picture),
        fps,
      );
      return answerPicture(request, reply, { type: 'image/webp', picture });
    },
  );

  app.get<{ Querystring: SampleQuery }>(
    '/v1/sample',
    {
      config: { work: true },
      schema: { summary: 'Faces that nobody has', querystring: sampleQuery },
    },
    async (request, reply) => {
      const { seed, count, truncation, ...choice } = request.query;
      const { file } = fileOf(choice);
      const options = { seed, count, truncation, file, timeout, signal: request.gone };
      const faces = await pool.sample(options);
      const [first] = faces;
      if (count === 1 && first && !wantsJson(request)) {
        return answerPicture(request, reply, { type: file.type, picture: first.picture });
      }
      return {
        type: file.type,
        faces: faces.map(({ picture, latent }) => ({
          image: base64(picture),
          latent: writeLatent(latent),
        })),
      };
    },
  );

  app.get(
    '/v1/attributes',
    { schema: { summary: 'What can be edited, and how far' } },
    async () => ({
      attributes: pool.attributes.attributes.map(({ name, label, group, range }) => ({
        name,
        label,
        group,
        range,
      })),
    }),
  );
}

async function endOf(
  request: FastifyRequest<{ Body: MorphBody }>,
  pool: ServerPool,
  name: 'from' | 'to',
): Promise<Buffer | Float32Array> {
  const upload = request.uploads.get(name);
  if (upload) return upload;
  const { image, latent, seed } = request.body[name] ?? {};
  if (image !== undefined) return Buffer.from(image, 'base64');
  if (latent !== undefined) return readLatent(latent, pool.manifest.latent.size);
  if (seed === undefined) {
    throw badRequest(`There is no "${name}"`, 'Give it an image, a latent or a seed.');
  }
  const [face] = await pool.sample({ seed, signal: request.gone });
  return face!.latent;
}

async function animate(frames: readonly Uint8Array[], fps: number): Promise<Uint8Array> {
  const animation = await sharp(frames as Uint8Array[], { join: { animated: true } })
    .webp({ quality: 90, loop: 0, delay: frames.map(() => Math.round(1000 / fps)) })
    .toBuffer();
  return markProvenance(animation, 'image/webp', 'generated');
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

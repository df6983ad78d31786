import type { Edits } from '@facemorph/core/node';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { answerPicture, type FileChoice, fileOf } from '../answer-picture.js';
import type { Context } from '../context.js';
import { badRequest } from '../http-errors.js';
import { readLatent, writeLatent } from '../latent.js';
import { editBody, encodeBody } from '../schemas.js';
import type { ServerPool } from '../timed-pool.js';

interface Opening {
  readonly image?: string;
  readonly latent?: string;
  readonly face?: number;
  readonly aligned?: boolean;
}

interface EditBody extends Opening, FileChoice {
  readonly edits: Edits;
  readonly keep?: readonly string[];
  readonly mode?: 'detail' | 'replace' | 'face';
}

/** `POST /v1/edit` and `/v1/encode`: what starts with a photo. */
export function photoRoutes(app: FastifyInstance, { pool, settings }: Context): void {
  const { maxPixels, jobTimeout: timeout } = settings;

  app.post<{ Body: EditBody }>(
    '/v1/edit',
    {
      config: { work: true },
      schema: {
        summary: 'Edit the face in a photo, or the face that a latent is',
        description:
          'Send JSON, or a form with the photo as file `image`. The answer is the picture; with `Accept: application/json` it is JSON.',
        consumes: ['application/json', 'multipart/form-data'],
        body: editBody,
      },
    },
    async (request, reply) => {
      const { edits, keep, mode, face, aligned, ...file } = request.body;
      const options = { keep, mode, face, aligned, maxPixels, timeout, signal: request.gone };
      const { picture, latent, ...facts } = await pool.edit(faceOf(request, pool), edits, {
        ...options,
        ...fileOf(file),
      });
      const told = { ...facts, latent: writeLatent(latent) };
      return answerPicture(request, reply, { type: fileOf(file).file.type, picture }, told);
    },
  );

  app.post<{ Body: Opening }>(
    '/v1/encode',
    {
      config: { work: true },
      schema: {
        summary: 'The face in a photo as a latent, and where it stands on each attribute',
        consumes: ['application/json', 'multipart/form-data'],
        body: encodeBody,
      },
    },
    async (request) => {
      const { face, aligned } = request.body;
      const options = { face, aligned, maxPixels, timeout, signal: request.gone };
      const { latent, ...facts } = await pool.encode(pictureOf(request), options);
      return { model: modelOf(pool), latent: writeLatent(latent), ...facts };
    },
  );
}

/** What names the latent space. */
export function modelOf({ manifest }: Pick<ServerPool, 'manifest'>): {
  id: string;
  sha256: string;
} {
  return { id: manifest.id, sha256: manifest.files.encoder.sha256 };
}

function faceOf(
  request: FastifyRequest<{ Body: Opening }>,
  pool: ServerPool,
): Buffer | Float32Array {
  const { latent, image } = request.body;
  if (latent === undefined) return pictureOf(request);
  if (image !== undefined || request.uploads.has('image')) {
    throw badRequest('Expected either image or latent but received both');
  }
  return readLatent(latent, pool.manifest.latent.size);
}

/** Bytes always: a text would be a path or an address of this machine. */
function pictureOf(request: FastifyRequest<{ Body: Opening }>): Buffer {
  const { image } = request.body;
  const bytes =
    request.uploads.get('image') ??
    (image === undefined ? undefined : Buffer.from(image, 'base64'));
  if (bytes) return bytes;
  throw badRequest('There is no image', 'Send a form with the file "image", or base64 in JSON.');
}

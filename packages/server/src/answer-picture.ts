import type { EncodeImageOptions, ImageType } from '@facemorph/core/node';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The part of a request that says what file to make. */
export interface FileChoice {
  readonly format?: 'jpeg' | 'png' | 'webp';
  readonly quality?: number;
  readonly provenance?: boolean;
}

/** The file that is asked for, as the pool takes it. */
export function fileOf({ format = 'jpeg', quality, provenance = true }: FileChoice): {
  file: EncodeImageOptions & { type: ImageType };
} {
  return {
    file: {
      type: `image/${format}`,
      ...(quality === undefined ? {} : { quality }),
      ...(provenance ? {} : { provenance: false }),
    },
  };
}

/** Whether the client asks for JSON rather than for a picture. */
export function wantsJson({ headers }: FastifyRequest): boolean {
  return /\bapplication\/json\b/.test(headers.accept ?? '');
}

/** The picture itself, or with `Accept: application/json` the facts and the picture in base64. */
export async function answerPicture(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, picture }: { readonly type: ImageType; readonly picture: Uint8Array },
  facts: Readonly<Record<string, unknown>> = {},
): Promise<FastifyReply> {
  void reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
  if (wantsJson(request)) {
    return reply.send({ ...facts, type, image: Buffer.from(picture).toString('base64') });
  }
  const bytes = Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength);
  return reply.type(type).send(bytes);
}

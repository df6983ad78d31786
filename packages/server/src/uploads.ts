import { FaceMorphError } from '@facemorph/core/node';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { badRequest } from './http-errors.js';
import type { Settings } from './options.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Picture files of a multipart form, by field. */
    uploads: ReadonlyMap<string, Buffer>;
  }
}

/** The fields that may hold a file. */
const FILE_FIELDS: ReadonlySet<string> = new Set(['image', 'from', 'to']);

/** Bytes of a field that is no file. */
const MAX_FIELD = 64 * 1024;

/**
 * Lets forms stand for JSON: files become `request.uploads`, other fields the body, each read as JSON
 * where it is JSON. The schema of the route then checks both alike.
 */
export async function registerUploads(app: FastifyInstance, settings: Settings): Promise<void> {
  await app.register(multipart, {
    limits: { fileSize: settings.maxBytes, files: 2, fields: 20, fieldSize: MAX_FIELD },
  });
  app.decorateRequest('uploads');
  app.addHook('preValidation', async (request, reply) => {
    request.uploads = new Map();
    if (!request.isMultipart()) return;
    try {
      await readForm(request);
    } catch (error) {
      // A form that was given up half-way stands before the next request of its connection.
      reply.header('connection', 'close');
      // Of what the parser throws, only that with a status has a message for the client.
      if ((error as { statusCode?: number }).statusCode || error instanceof FaceMorphError)
        throw error;
      throw badRequest('The form is cut off or malformed');
    }
  });
}

async function readForm(request: FastifyRequest): Promise<void> {
  const uploads = new Map<string, Buffer>();
  // Without a prototype: a field may have any name.
  const body: Record<string, unknown> = Object.create(null);
  // Thrown at the end: what is left unread of a form would keep the connection from its next request.
  let refusal: Error | undefined;
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      if (FILE_FIELDS.has(part.fieldname)) {
        // Rejects with 413 beyond the limit.
        uploads.set(part.fieldname, await part.toBuffer());
      } else {
        part.file.resume();
        refusal ??= badRequest(`Unexpected file "${part.fieldname.slice(0, 40)}"`);
      }
    } else if (part.valueTruncated) {
      refusal ??= fieldTooLarge(part.fieldname);
    } else body[part.fieldname] = readField(part.fieldname, String(part.value));
  }
  if (refusal) throw refusal;
  request.uploads = uploads;
  request.body = body;
}

/** Else a picture in base64 would be cut, and called a broken one. */
function fieldTooLarge(name: string): Error {
  const message = `The field "${name}" is longer than ${MAX_FIELD} bytes: send pictures as files`;
  return Object.assign(new Error(message), { statusCode: 413, code: 'FIELD_TOO_LARGE' });
}

function readField(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return name === 'keep' ? text.split(',').map((word) => word.trim()) : text;
  }
}

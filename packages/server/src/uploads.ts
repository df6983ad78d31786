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

/**
 * Lets forms stand for JSON: files become `request.uploads`, other fields the body, each read as JSON
 * where it is JSON. The schema of the route then checks both alike.
 */
export async function registerUploads(app: FastifyInstance, settings: Settings): Promise<void> {
  await app.register(multipart, {
    limits: { fileSize: settings.maxBytes, files: 2, fields: 20, fieldSize: 64 * 1024 },
  });
  app.decorateRequest('uploads');
  app.addHook('preValidation', async (request) => {
    request.uploads = new Map();
    if (!request.isMultipart()) return;
    try {
      await readForm(request);
    } catch (error) {
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
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      if (!FILE_FIELDS.has(part.fieldname)) {
        part.file.resume();
        throw badRequest(`Unexpected file "${part.fieldname.slice(0, 40)}"`);
      }
      // Rejects with 413 beyond the limit.
      uploads.set(part.fieldname, await part.toBuffer());
    } else body[part.fieldname] = readField(part.fieldname, String(part.value));
  }
  request.uploads = uploads;
  request.body = body;
}

function readField(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return name === 'keep' ? text.split(',').map((word) => word.trim()) : text;
  }
}

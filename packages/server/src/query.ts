import type { FastifyRequest } from 'fastify';

/** Numbers and switches of an address as what they are; bodies are taken as they come. */
export async function coerceQuery(request: FastifyRequest): Promise<void> {
  const query = request.query as Record<string, unknown>;
  for (const [name, text] of Object.entries(query)) {
    if (text === 'true' || text === 'false') query[name] = text === 'true';
    else if (typeof text === 'string' && /^-?\d+(\.\d+)?$/.test(text)) query[name] = Number(text);
  }
}

import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { PAGE_BODY, PAGE_ICON, PAGE_SCRIPT, PAGE_STYLE } from '../docs-page.js';

/** `GET /docs` (the API as a page, with nothing from elsewhere) and `/openapi.json`. */
export function docsRoutes(app: FastifyInstance): void {
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>FaceMorph API</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="${PAGE_ICON}"><style>${PAGE_STYLE}</style></head><body>${PAGE_BODY}<script>${PAGE_SCRIPT}</script></body></html>`;
  const policy = [
    "default-src 'none'",
    "connect-src 'self'",
    "img-src 'self' data:",
    `style-src '${hash(PAGE_STYLE)}'`,
    `script-src '${hash(PAGE_SCRIPT)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  const hidden = { schema: { hide: true } } as const;
  app.get('/', hidden, async (_, reply) => reply.redirect('docs'));
  app.get('/docs', hidden, async (_, reply) =>
    reply.type('text/html').header('content-security-policy', policy).send(page),
  );
  app.get('/openapi.json', hidden, async () => app.swagger());
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** JSON Schemas of what clients send: they check it and are the OpenAPI document. */

const base64 = { type: 'string', contentEncoding: 'base64' } as const;

const picture = {
  image: { ...base64, description: 'A picture file (JPEG, PNG, WebP, GIF, TIFF, AVIF)' },
  latent: { ...base64, description: '192 little-endian float32 numbers' },
} as const;

const opening = {
  face: {
    type: 'integer',
    minimum: 0,
    maximum: 1000,
    description: 'Which face, from 0, the largest first',
  },
  aligned: { type: 'boolean', description: 'The picture is cropped to a face: do not search' },
} as const;

const file = {
  format: { enum: ['jpeg', 'png', 'webp'], default: 'jpeg' },
  quality: { type: 'number', minimum: 0, maximum: 1, default: 0.92 },
  provenance: { type: 'boolean', default: true, description: 'Mark the file as made with AI' },
} as const;

const edits = {
  type: 'object',
  maxProperties: 64,
  description: 'Changes by attribute: a strength in standard deviations, or { "value": score }',
  additionalProperties: {
    anyOf: [
      { type: 'number' },
      {
        type: 'object',
        required: ['value'],
        additionalProperties: false,
        properties: { value: { type: 'number' } },
      },
    ],
  },
  examples: [{ smiling: 2 }],
} as const;

const keep = {
  type: 'array',
  maxItems: 64,
  items: { type: 'string', maxLength: 64 },
  description: 'Attributes that must stay where they are',
  examples: [['male', 'young']],
} as const;

const strict = { type: 'object', additionalProperties: false } as const;

export const editBody = {
  ...strict,
  required: ['edits'],
  properties: {
    ...picture,
    ...opening,
    ...file,
    edits,
    keep,
    mode: {
      enum: ['detail', 'replace', 'face'],
      default: 'detail',
      description:
        'The change laid over the photo; the decoded face in its place; the decoded face alone',
    },
  },
} as const;

export const encodeBody = {
  ...strict,
  properties: { image: picture.image, ...opening },
} as const;

export const decodeBody = {
  ...strict,
  required: ['latents'],
  properties: {
    latents: {
      type: 'array',
      minItems: 1,
      maxItems: 64,
      items: picture.latent,
      description: 'Each 192 little-endian float32 numbers in base64',
    },
    ...file,
  },
} as const;

const end = {
  ...strict,
  properties: { ...picture, seed: { type: 'integer', minimum: 0 } },
} as const;

export const morphBody = {
  ...strict,
  properties: {
    from: end,
    to: end,
    aligned: opening.aligned,
    frames: { type: 'integer', minimum: 2, maximum: 64, default: 16 },
    path: { enum: ['linear', 'spherical'], default: 'linear' },
    easing: { enum: ['linear', 'smooth'], default: 'linear' },
    fps: { type: 'number', minimum: 1, maximum: 60, default: 24 },
  },
} as const;

export const sampleQuery = {
  ...strict,
  properties: {
    seed: { type: 'integer', minimum: 0, default: 0 },
    count: { type: 'integer', minimum: 1, maximum: 64, default: 1 },
    truncation: { type: 'number', minimum: 0, maximum: 2, default: 0.8 },
    ...file,
  },
} as const;

/** A message on /v1/live. */
export const liveMessage = {
  oneOf: [
    {
      ...strict,
      required: ['type'],
      properties: {
        type: { const: 'open' },
        ...opening,
        latent: picture.latent,
        seed: { type: 'integer', minimum: 0 },
        image: picture.image,
      },
    },
    {
      ...strict,
      required: ['type', 'edits'],
      properties: {
        type: { const: 'edit' },
        id: { type: 'integer' },
        edits,
        keep,
        format: { enum: file.format.enum },
        quality: { type: 'number', minimum: 0, maximum: 1 },
      },
    },
  ],
} as const;

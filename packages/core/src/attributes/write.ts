import { encodeVector, type Precision } from './base64.js';
import { ATTRIBUTE_FORMAT, ATTRIBUTE_VERSION } from './parse.js';
import type { AttributeFile, AttributeSet } from './types.js';

/** Options of {@link writeAttributes}. */
export interface WriteAttributesOptions {
  /** `float16` halves the file and rounds each number to 11 bits. @defaultValue `'float32'` */
  readonly precision?: Precision;
}

/** The file of an attribute set; `JSON.stringify` makes it text, `parseAttributes` reads it back. */
export function writeAttributes(
  set: AttributeSet,
  options: WriteAttributesOptions = {},
): AttributeFile {
  const { precision = 'float32' } = options;
  const encode = (vector: Float32Array): string => encodeVector(vector, precision);
  return {
    format: ATTRIBUTE_FORMAT,
    version: ATTRIBUTE_VERSION,
    precision,
    model: { id: set.model.id, sha256: set.model.sha256 },
    latent: {
      size: set.latent.size,
      mean: encode(set.latent.mean),
      covariance: encode(set.latent.covariance),
      ...(set.latent.typicality && { typicality: set.latent.typicality }),
    },
    attributes: set.attributes.map(({ probe, direction, ...rest }) => ({
      ...rest,
      probe: { weights: encode(probe.weights), bias: probe.bias },
      direction: encode(direction),
    })),
  };
}

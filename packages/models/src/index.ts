/**
 * The weights of FaceMorph's default model.
 *
 * @module @facemorph/models
 */
import manifest from '../weights/facemorph-128/manifest.json' with { type: 'json' };

/** What `FaceMorph.load({ model })` takes: a manifest and where its files are. */
export interface BundledModel {
  /** The content of the model's `manifest.json`. */
  readonly manifest: unknown;
  /** Where each file of the manifest is: `file:` URLs in Node, URLs of assets in a bundle. */
  readonly files: Readonly<
    Record<
      'encoder' | 'decoder' | 'decoder-int8' | 'attributes' | 'parity' | 'locator' | 'landmarker',
      URL
    >
  >;
}

/**
 * The model that ships with this package: 128x128 faces.
 *
 * Each address is spelt out, since bundlers only follow `new URL('literal', import.meta.url)`.
 */
export const defaultModel: BundledModel = {
  manifest,
  files: {
    encoder: new URL('../weights/facemorph-128/encoder.onnx', import.meta.url),
    decoder: new URL('../weights/facemorph-128/decoder.onnx', import.meta.url),
    'decoder-int8': new URL('../weights/facemorph-128/decoder-int8.onnx', import.meta.url),
    attributes: new URL('../weights/facemorph-128/attributes.json', import.meta.url),
    parity: new URL('../weights/facemorph-128/parity.json', import.meta.url),
    locator: new URL('../weights/facemorph-128/locator.onnx', import.meta.url),
    landmarker: new URL('../weights/facemorph-128/landmarker.onnx', import.meta.url),
  },
};

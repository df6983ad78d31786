/** One file of a model. */
export interface ModelFile {
  /** Relative to the manifest; no `..`, no scheme. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex SHA-256 of the file. */
  readonly sha256: string;
  /** How weights are stored. Computation is in fp32, except in `decoder-int8`. */
  readonly precision?: 'fp32' | 'fp16' | 'int8';
}

/** The roles that files of a model have. The first three are always there. */
export type ModelRole =
  | 'encoder'
  | 'decoder'
  | 'attributes'
  | 'decoder-large'
  | 'decoder-int8'
  | 'parity'
  | 'locator'
  | 'landmarker';

/**
 * `manifest.json` of a model.
 *
 * Graphs: `encoder` takes `image` (uint8 `[N, 128, 128, 4]`, RGBA) and gives `latent`
 * (float32 `[N, latent.size]`); decoders take `latent` and give `image`.
 * The encoder defines the latent space: its SHA-256 is the model's.
 */
export interface ModelManifest {
  readonly format: 'facemorph-model';
  readonly version: 1;
  /** Such as `facemorph-128`; with the encoder's hash it names the latent space. */
  readonly id: string;
  readonly license: string;
  readonly image: { readonly width: number; readonly height: number };
  readonly latent: { readonly size: number };
  /** Five points (x, y in px of the aligned picture): eyes, nose tip, mouth corners; left is the picture's left. */
  readonly template: readonly (readonly [number, number])[];
  readonly files: Readonly<Partial<Record<ModelRole, ModelFile>>> &
    Readonly<Record<'encoder' | 'decoder' | 'attributes', ModelFile>>;
}

/** A model whose parts are already known: what `@facemorph/models` exports. */
export interface ModelSource {
  /** The content of `manifest.json`; validated on load. */
  readonly manifest: unknown;
  /** Where each file is. */
  readonly files: Readonly<Partial<Record<ModelRole, URL>>>;
}

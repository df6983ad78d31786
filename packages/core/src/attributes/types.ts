/** The groups in which sliders are shown, in this order. */
export const ATTRIBUTE_GROUPS = [
  'hair colour',
  'facial hair',
  'expression',
  'pose and gaze',
  'eyes and brows',
  'hair style',
  'age and sex',
  'skin and make-up',
  'accessories',
  'custom',
] as const;

/** One of {@link ATTRIBUTE_GROUPS}. */
export type AttributeGroup = (typeof ATTRIBUTE_GROUPS)[number];

/** How well an attribute does what its name says, measured on held-out faces. */
export interface AttributeEvidence {
  /** Area under the ROC curve of the probe, 0.5 is chance. */
  readonly auroc?: number;
  /** Of the probe's score with the numbers that it was learned from, -1..1; 0 is chance. */
  readonly correlation?: number;
  /** Share of faces that the judge calls positive after the edit, 0..1. */
  readonly success?: number;
  /** Identity kept by the edit: 0 = a stranger, 1 = another photo of the same person; more is nearer. */
  readonly identity?: number;
  /** Movement of other attributes (in standard deviations) for a strength of 1. */
  readonly also?: Readonly<Record<string, number>>;
}

/** One attribute, its numbers decoded. */
export interface Attribute {
  /** Machine name, `[a-z0-9_]+`, such as `smiling`. */
  readonly name: string;
  /** Shown to people, such as `Smile`. */
  readonly label: string;
  readonly group: AttributeGroup;
  /** score = weights . z + bias; 1 = one standard deviation over faces. */
  readonly probe: { readonly weights: Float32Array; readonly bias: number };
  /** Latent change that raises the score by 1. */
  readonly direction: Float32Array;
  /** The change of score within which pictures stay believable. */
  readonly range: readonly [number, number];
  /** How the direction was found: `joint`, `refined`, `mean-difference` or `learned`; see docs/attribute-format.md. */
  readonly method: string;
  /** Names of attributes that move along unless they are kept (a smile lifts the cheeks). */
  readonly related: readonly string[];
  readonly evidence: AttributeEvidence;
}

/**
 * The distribution, over faces, of ln(d² / size), where d is the Mahalanobis distance from the mean: by
 * it a photo's `quality.fit` is read.
 */
export interface Typicality {
  readonly mean: number;
  readonly deviation: number;
}

/** A parsed and validated attribute file. */
export interface AttributeSet {
  readonly model: { readonly id: string; readonly sha256: string };
  readonly latent: {
    readonly size: number;
    /** Mean of encoded faces, length `size`. */
    readonly mean: Float32Array;
    /** Covariance of encoded faces, `size * size`, row-major. */
    readonly covariance: Float32Array;
    /** How far faces are from the mean: see {@link Typicality}. */
    readonly typicality?: Typicality;
  };
  readonly attributes: readonly Attribute[];
}

/** The file: as {@link AttributeSet}, vectors as base64 of little-endian numbers. */
export interface AttributeFile {
  readonly format: 'facemorph-attributes';
  readonly version: 1;
  /** How the base64 vectors are stored. */
  readonly precision: 'float32' | 'float16';
  readonly model: { readonly id: string; readonly sha256: string };
  readonly latent: {
    readonly size: number;
    readonly mean: string;
    readonly covariance: string;
    readonly typicality?: Typicality;
  };
  readonly attributes: readonly {
    readonly name: string;
    readonly label: string;
    readonly group: AttributeGroup;
    readonly probe: { readonly weights: string; readonly bias: number };
    readonly direction: string;
    readonly range: readonly [number, number];
    readonly method: string;
    readonly related?: readonly string[];
    readonly evidence?: AttributeEvidence;
  }[];
}

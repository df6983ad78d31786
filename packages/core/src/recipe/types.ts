import type { Landmarks } from '../photo/landmarks.js';
import type { Box } from '../photo/locator.js';

/** How an edit goes back into its photo; see `EditOptions.mode`. */
export const EDIT_MODES = ['detail', 'replace', 'face'] as const;

/** One of {@link EDIT_MODES}. */
export type EditMode = (typeof EDIT_MODES)[number];

/** Where a face is in its photo. */
export type FacePlace = {
  /** The size of the photo, upright, that the rest speaks of, in px. */
  readonly photo: { readonly width: number; readonly height: number };
} & (
  | { readonly landmarks: Landmarks; readonly box?: Box }
  /** The photo is cropped to the face already. */
  | { readonly aligned: true }
);

/** One change of a recipe: a change of score, or the score to arrive at. */
export type RecipeEdit =
  | { readonly name: string; readonly strength: number }
  | { readonly name: string; readonly value: number };

/** Changes and locks that are solved together: one call of `Face.edit`. */
export interface RecipeStep {
  readonly edits: readonly RecipeEdit[];
  readonly keep: readonly string[];
}

/**
 * An edit as data: what `Face.recipe()` writes and `FaceMorph.replay` does again. Plain JSON.
 * It holds no pixel of the face, and no latent unless asked for.
 */
export interface Recipe extends RecipeStep {
  readonly format: 'facemorph-recipe';
  readonly version: 1;
  /** The model whose attributes these are; `sha256` is that of its encoder. */
  readonly model: { readonly id: string; readonly sha256: string };
  /** Absent for a generated face, and in links. */
  readonly face?: FacePlace;
  /** The face before any edit, little-endian float32 in base64. Enough to draw the face: personal. */
  readonly latent?: string;
  /** Steps that came before, the first one first, for an edit of an edited face. */
  readonly earlier?: readonly RecipeStep[];
  readonly mode: EditMode;
}

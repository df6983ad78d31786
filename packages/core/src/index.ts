/**
 * FaceMorph: edits a face in a photo by arithmetic in the latent space of a small VAE, on the
 * user's own machine.
 * @module @facemorph/core
 */
export { type Edits, findAttribute } from './attributes/edits.js';
export type { LearnExamples } from './attributes/learn/examples.js';
export {
  type LearnedAttribute,
  type LearnOptions,
  learnAttribute,
} from './attributes/learn/learn.js';
export { type LabelledPicture, parseLabels } from './attributes/learn/parse-labels.js';
export type { LearnWarning } from './attributes/learn/warnings.js';
export { mergeAttributes } from './attributes/merge.js';
export { parseAttributes } from './attributes/parse.js';
export { createSolver, type Solution, type Solver } from './attributes/solve.js';
export { suggestName } from './attributes/suggest.js';
export {
  ATTRIBUTE_GROUPS,
  type Attribute,
  type AttributeEvidence,
  type AttributeFile,
  type AttributeGroup,
  type AttributeSet,
  type Typicality,
} from './attributes/types.js';
export { type WriteAttributesOptions, writeAttributes } from './attributes/write.js';
export {
  LiveEditor,
  type LiveEditorOptions,
  type LiveEditorSource,
  type LiveFrame,
} from './editor/live-editor.js';
export {
  FaceMorphError,
  type FaceMorphErrorCode,
  type FaceMorphErrorOptions,
  type SerializedError,
} from './errors.js';
export {
  EditedFace,
  type EditOptions,
  Face,
  type LiveViewOptions,
  type RecipeOptions,
} from './face.js';
export { FaceMorph } from './face-morph.js';
export type { EditorOptions, MorphOptions, SampleOptions } from './face-morph-options.js';
export { toCanvas } from './image/codec.canvas.js';
export { encodeImage, imageTypeOf, saveImage, toBlob } from './image/output.js';
export { createPixels, isPixels, MAX_PIXELS, type Pixels } from './image/pixels.js';
export { resize } from './image/resize.js';
export { withProvenance } from './image/with-provenance.js';
export {
  type Easing,
  latentPath,
  lerp,
  type PathKind,
  type PathOptions,
  slerp,
} from './latent/interpolate.js';
export { addScaled, dot, type Latent, meanLatent, subtract } from './latent/latent.js';
export { createRandom, type Random } from './latent/random.js';
export type { AttributeInput, LoadOptions } from './load.js';
export type { ModelCache } from './model/cache.js';
export type { ModelFile, ModelManifest, ModelRole, ModelSource } from './model/manifest-types.js';
export { parseDecimal } from './parse-decimal.js';
export type { Landmarks } from './photo/landmarks.js';
export type { Box, FaceLocator, LocatedFace } from './photo/locator.js';
export type { OpenOptions } from './photo/open-photo.js';
export type { Photo } from './photo/photo.js';
export type { FaceQuality, PhotoWarning, PhotoWarningCode } from './photo/quality.js';
export type { Point } from './photo/similarity.js';
export type { PasteMode } from './photo/transfer.js';
export type { EncodeImageOptions, ImageType, Provenance } from './platform/platform.js';
export type { Progress, ProgressPhase, TaskOptions } from './progress.js';
export { recipeFromHash, recipeToHash } from './recipe/link.js';
export { parseRecipe } from './recipe/parse.js';
export type { ReplayOptions } from './recipe/replay.js';
export type { EditMode, FacePlace, Recipe, RecipeEdit, RecipeStep } from './recipe/types.js';
export { editsOf, type RecipeContent, writeRecipe } from './recipe/write.js';
export type {
  Backend,
  OpenOptions as BackendOpenOptions,
  Session,
  Tensor,
} from './runtime/backend.js';
export type { BackendName, BackendOptions } from './runtime/options.js';

/**
 * React parts for editing faces: a ready-made editor, its parts, and the hooks they are made of.
 * @module @facemorph/react
 */

'use client';

export type { AttributeName, KnownAttributeName } from './attribute-names.js';
export { FaceMorpher, type FaceMorpherProps } from './FaceMorpher/FaceMorpher.js';
export { OtherFaces, type OtherFacesProps } from './FaceMorpher/OtherFaces.js';
export type { View } from './FaceMorpher/ViewTabs.js';
export { type DescribedError, describeError } from './hooks/describe-error.js';
export { editFromFile, editToFile, isEditFile } from './hooks/edit-file.js';
export { editFromHash, editToHash } from './hooks/edit-link.js';
export { FaceEditorProvider, type FaceEditorProviderProps } from './hooks/editor-context.js';
export {
  type FaceEdit,
  formatEdit,
  isSameEdit,
  keptNames,
  NO_EDIT,
  parseEdit,
  withKeepToggled,
  withStrength,
} from './hooks/face-edit.js';
export { commit, type History, redo, startHistory, undo } from './hooks/history.js';
export {
  type FaceModelOptions,
  type FaceModelState,
  ModelRegistry,
} from './hooks/model-registry.js';
export type { MorphPath } from './hooks/morph-path.js';
export { type FaceSource, type FaceState, type OpenedFace, useFace } from './hooks/use-face.js';
export {
  type ApplyOptions,
  type EditHistory,
  type FaceEditor,
  type FaceEditorOptions,
  useFaceEditor,
} from './hooks/use-face-editor.js';
export {
  type FaceModel,
  ModelRegistryContext,
  type UseFaceModelOptions,
  useFaceModel,
} from './hooks/use-face-model.js';
export {
  type FaceMorphOptions,
  type FaceMorphState,
  useFaceMorph,
} from './hooks/use-face-morph.js';
export { useLiveEditor } from './hooks/use-live-editor.js';
export { type Corners, type Mix, type MixOptions, type MixPlace, useMix } from './hooks/use-mix.js';
export { type Morph, type MorphOptions, useMorph } from './hooks/use-morph.js';
export { useOpenFile } from './hooks/use-open-file.js';
export { useShortcuts } from './hooks/use-shortcuts.js';
export { LabelsProvider, type LabelsProviderProps, useLabels } from './labels/LabelsProvider.js';
export { englishLabels, type Labels } from './labels/labels.js';
export {
  AttributeSlider,
  type AttributeSliderProps,
} from './parts/AttributeSlider/AttributeSlider.js';
export type { Range } from './parts/AttributeSlider/slider-scale.js';
export {
  type AttributeSliderOptions,
  type AttributeSliderParts,
  type SliderScale,
  useAttributeSlider,
} from './parts/AttributeSlider/use-attribute-slider.js';
export {
  AttributeSliders,
  type AttributeSlidersProps,
} from './parts/AttributeSliders/AttributeSliders.js';
export { defaultHeadlines, type HeadlineSpec } from './parts/AttributeSliders/headlines.js';
export { CompareButton, type CompareButtonProps } from './parts/CompareView/CompareButton.js';
export { CompareView, type CompareViewProps } from './parts/CompareView/CompareView.js';
export { Equation, type EquationProps } from './parts/Equation/Equation.js';
export {
  type AnimationFormat,
  type AnimationOptions,
  encodeAnimation,
} from './parts/ExportMenu/animation/encode-animation.js';
export type { VideoWriter } from './parts/ExportMenu/animation/video.js';
export { ExportMenu, type ExportMenuProps } from './parts/ExportMenu/ExportMenu.js';
export {
  FaceCanvas,
  type FaceCanvasProps,
  type Frame,
  type FrameSource,
} from './parts/FaceCanvas/FaceCanvas.js';
export { FaceGrid, type FaceGridProps } from './parts/FaceGrid/FaceGrid.js';
export { useSampledFaces } from './parts/FaceGrid/use-sampled-faces.js';
export { useVariations, type VariationOptions } from './parts/FaceGrid/use-variations.js';
export { FacePicker, type FacePickerProps } from './parts/FacePicker/FacePicker.js';
export {
  HistoryControls,
  type HistoryControlsProps,
} from './parts/HistoryControls/HistoryControls.js';
export { MixPad, type MixPadProps } from './parts/MixPad/MixPad.js';
export { ModelProgress, type ModelProgressProps } from './parts/ModelProgress/ModelProgress.js';
export { MorphTimeline, type MorphTimelineProps } from './parts/MorphTimeline/MorphTimeline.js';
export { CameraButton } from './parts/PhotoDrop/CameraButton.js';
export { PhotoButton, type PhotoButtonProps } from './parts/PhotoDrop/PhotoButton.js';
export { PhotoDrop, type PhotoDropProps } from './parts/PhotoDrop/PhotoDrop.js';
export { type PhotoDropState, usePhotoDrop } from './parts/PhotoDrop/use-photo-drop.js';
export { Problem, type ProblemProps } from './parts/Problem/Problem.js';
export { Thumbnail, type ThumbnailProps } from './parts/Thumbnail/Thumbnail.js';

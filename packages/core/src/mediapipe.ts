/**
 * MediaPipe's FaceLandmarker as FaceMorph's locator: `FaceMorph.load({ locator })`.
 * @module @facemorph/core/mediapipe
 */
export {
  createMediaPipeLocator,
  type MediaPipeLandmarker,
  type MediaPipeResult,
} from './photo/mediapipe-locator.js';

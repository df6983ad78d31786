/**
 * MediaPipe's FaceLandmarker as FaceMorph's locator: `FaceMorph.load({ locator })`.
 * @module
 */
export {
  createMediaPipeLocator,
  type MediaPipeLandmarker,
  type MediaPipeResult,
} from './photo/mediapipe-locator.js';

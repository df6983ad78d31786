import type { Box } from './locator.js';
import { applySimilarity, fitSimilarity, type Point, scaleOf } from './similarity.js';

/** The centre of a face in the template, between eyes and mouth. */
export const FACE_CENTRE: Point = [64, 74];
/** Its width there, in px. */
export const FACE_SIDE = 64;

/** Where a face is and how large. */
export interface FaceFrame {
  readonly centre: Point;
  /** Length of a side, in the px of the landmarks. */
  readonly size: number;
}

/** The place of the face that has these landmarks (`FACE_SIDE` px wide in the template). */
export function faceFrame(landmarks: readonly Point[], template: readonly Point[]): FaceFrame {
  const fromTemplate = fitSimilarity(template, landmarks);
  return {
    centre: applySimilarity(fromTemplate, FACE_CENTRE),
    size: scaleOf(fromTemplate) * FACE_SIDE,
  };
}

/** An upright square around a face. */
export function boxOf({ centre: [x, y], size }: FaceFrame): Box {
  return { x: x - size / 2, y: y - size / 2, width: size, height: size };
}

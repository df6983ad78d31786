import type { Alignment } from './align.js';
import { FACE_SIDE } from './face-frame.js';
import type { Landmarks } from './landmarks.js';
import { sharpnessOf } from './sharpness.js';
import { applySimilarity, scaleOf } from './similarity.js';

/** How well a photo shows a face. */
export interface FaceQuality {
  /** Width of the face, cheek to cheek, in px of the photo. */
  readonly faceSize: number;
  /**
   * How far the head is turned, in degrees: negative to the left of the picture, positive to its
   * right, by the place of the nose between eyes and mouth (within 2 degrees on average of MediaPipe's
   * estimate). `undefined` when nobody said where the landmarks are (`aligned: true`).
   */
  readonly yaw: number | undefined;
  /** 0 sharp, 1 without any detail; above 0.5 the model sees less than it could draw. */
  readonly blur: number;
  /** Share of the face's frame that lies inside the photo, 0..1. */
  readonly coverage: number;
  /** How well the model can represent the face: the share of faces that it knows less well, 0..1. */
  readonly fit: number;
}

/** What makes edits of a face look worse. */
export type PhotoWarningCode =
  | 'FACE_SMALL'
  | 'FACE_CUT_OFF'
  | 'FACE_TURNED'
  | 'FACE_BLURRED'
  | 'LOW_CONFIDENCE'
  | 'POOR_FIT';

/** Something about a photo that makes edits look worse. */
export interface PhotoWarning {
  readonly code: PhotoWarningCode;
  /** What is the matter. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
}

/** Degrees of yaw for a nose that is one eye distance off the middle: fitted on split A, r = 0.98. */
const DEGREES = 69.7;
/**
 * Sharpness at which blur is 0.5. On split A 1 % of the faces are below 0.05, and 99 % of the same
 * faces after a Gaussian blur of 2 px at the model's size are below 0.018.
 */
const SOFT = 0.02;

/**
 * Measures an aligned face.
 * @param landmarks - By which it was aligned, if there are any.
 */
export function measureQuality(
  alignment: Alignment,
  landmarks?: Landmarks,
): Omit<FaceQuality, 'fit'> {
  const { pixels, transform, coverage } = alignment;
  return {
    faceSize: FACE_SIDE / scaleOf(transform),
    yaw: landmarks && yawOf(alignment, landmarks),
    blur: SOFT / (SOFT + sharpnessOf(pixels)),
    coverage,
  };
}

function yawOf({ transform }: Alignment, landmarks: Landmarks): number {
  const points = landmarks.map((point) => applySimilarity(transform, point));
  const [leftEye, rightEye, nose, leftMouth, rightMouth] = points.map(([x]) => x) as Five;
  const middle = (leftEye + rightEye + leftMouth + rightMouth) / 4;
  const degrees = (DEGREES * (nose - middle)) / Math.max(rightEye - leftEye, 1);
  return Math.min(Math.max(degrees, -90), 90);
}

type Five = [number, number, number, number, number];

/** A face that must be enlarged more than this often has too few pixels. */
const MAX_ENLARGEMENT = 2;
/** The share of the frame that should lie inside the photo. */
const MIN_COVERAGE = 0.8;
/** Degrees. On split A 2 % of the faces are turned more than 33: the model has seen few of them. */
const MAX_YAW = 35;
/** On split A 2 % of the faces are below; of pictures that show no face, 59 %. */
const MIN_FIT = 0.02;
/** On split A about 1 % of the faces that are found are less sure. */
const MIN_CONFIDENCE = 0.65;

/**
 * What is wrong with a face that was measured.
 * @param confidence - Of the locator; 1 when the caller said where the face is.
 */
export function qualityWarnings(quality: FaceQuality, confidence = 1): PhotoWarning[] {
  const warnings: PhotoWarning[] = [];
  const warn = (code: PhotoWarningCode, message: string, hint: string): void => {
    warnings.push({ code, message, hint });
  };
  const { faceSize, yaw = 0, blur, coverage, fit } = quality;
  const isSmall = faceSize < FACE_SIDE / MAX_ENLARGEMENT;
  if (confidence < MIN_CONFIDENCE) {
    const sure = `${Math.round(100 * confidence)} %`;
    warn(
      'LOW_CONFIDENCE',
      `It is not certain that this is a face (${sure})`,
      'Look at the result.',
    );
  }
  if (isSmall) {
    const message = `The face is only ${Math.round(faceSize)} px wide`;
    warn('FACE_SMALL', message, 'Use a photo in which the face is larger.');
  }
  if (coverage < MIN_COVERAGE) {
    const outside = Math.round(100 * (1 - coverage));
    const message = `${outside} % of the face's frame lies outside the photo`;
    warn('FACE_CUT_OFF', message, 'Use a photo with more room around the face.');
  }
  if (Math.abs(yaw) > MAX_YAW) {
    const message = `The head is turned by about ${Math.round(Math.abs(yaw))} degrees`;
    warn('FACE_TURNED', message, 'Use a photo that shows the face from the front.');
  }
  // A face that is too small is soft because of that.
  if (blur > 0.5 && !isSmall) {
    warn('FACE_BLURRED', 'The face is out of focus or moved', 'Use a sharper photo.');
  }
  if (fit < MIN_FIT) {
    const message = 'The model cannot represent this face well';
    warn('POOR_FIT', message, 'Use a photo without hands, masks or harsh light on the face.');
  }
  return warnings;
}

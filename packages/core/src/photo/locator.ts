import type { Pixels } from '../image/pixels.js';
import type { TaskOptions } from '../progress.js';
import type { Landmarks } from './landmarks.js';

/** A rectangle in px of the photo; it may reach beyond it. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A face that was found in a photo. */
export interface LocatedFace {
  /** In px of the photo. */
  readonly landmarks: Landmarks;
  /** 0..1; faces below the locator's threshold are not reported. */
  readonly confidence: number;
  /** From brows to chin and from cheek to cheek, upright even where the face is not. */
  readonly box: Box;
}

/**
 * Finds faces in a photo. The model brings one; another can be handed in:
 * `FaceMorph.load({ locator })`.
 */
export interface FaceLocator {
  /**
   * @param photo - Upright, in sRGB.
   * @returns the faces found, the largest first; none is no error.
   */
  locate(photo: Pixels, options?: TaskOptions): Promise<readonly LocatedFace[]>;
}

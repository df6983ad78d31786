import { FaceMorphError, invalidArgument, throwIfAborted } from '../errors.js';
import type { Pixels } from '../image/pixels.js';
import type { TaskOptions } from '../progress.js';
import type { Landmarks } from './landmarks.js';
import type { Box, FaceLocator, LocatedFace } from './locator.js';
import type { Point } from './similarity.js';

/** What `FaceLandmarker.detect` of `@mediapipe/tasks-vision` gives, as far as it is needed here. */
export interface MediaPipeResult {
  /** For each face the points of the mesh, 0..1 of the picture's width and height. */
  readonly faceLandmarks: readonly (readonly { readonly x: number; readonly y: number }[])[];
}

/** A `FaceLandmarker` of `@mediapipe/tasks-vision`, opened with `runningMode: 'IMAGE'`. */
export interface MediaPipeLandmarker {
  detect(image: ImageData): MediaPipeResult;
}

/** Corners of the eye at the left of the picture and of the one at its right. */
const LEFT_EYE = [33, 133];
const RIGHT_EYE = [263, 362];
const NOSE_TIP = [1];
const LEFT_MOUTH = [61];
const RIGHT_MOUTH = [291];
/** Points of a mesh without the irises. */
const MESH = 468;

/**
 * Finds faces by MediaPipe instead of by the model's own locator. FaceMorph neither loads nor
 * disposes of MediaPipe: the landmarker is yours, and so are its files.
 *
 * It works on the thread that calls it, and finds one face unless `numFaces` says more. MediaPipe
 * tells no confidence, so it is 1 for every face.
 *
 * @example
 * ```ts
 * const landmarker = await FaceLandmarker.createFromOptions(files, {
 *   baseOptions: { modelAssetPath: '/mediapipe/face_landmarker.task' },
 *   numFaces: 10,
 * });
 * const fm = await FaceMorph.load({ locator: createMediaPipeLocator(landmarker) });
 * ```
 * @throws {FaceMorphError} `ARGUMENT_INVALID`
 */
export function createMediaPipeLocator(landmarker: MediaPipeLandmarker): FaceLocator {
  if (typeof landmarker?.detect !== 'function') {
    throw invalidArgument('a FaceLandmarker', 'landmarker', landmarker);
  }
  return {
    async locate(photo: Pixels, { signal, onProgress }: TaskOptions = {}) {
      throwIfAborted(signal);
      onProgress?.({ phase: 'locate', loaded: 0, total: 1 });
      const { faceLandmarks } = detect(landmarker, photo);
      onProgress?.({ phase: 'locate', loaded: 1, total: 1 });
      return faceLandmarks
        .map((mesh) => toFace(mesh, photo))
        .sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height);
    },
  };
}

function detect(landmarker: MediaPipeLandmarker, { width, height, data }: Pixels): MediaPipeResult {
  if (typeof ImageData === 'undefined') {
    throw new FaceMorphError('BACKEND_UNAVAILABLE', 'MediaPipe needs a browser', {
      hint: "In Node, leave `locator` out: the model's own finds faces too.",
    });
  }
  try {
    return landmarker.detect(new ImageData(new Uint8ClampedArray(data), width, height));
  } catch (cause) {
    throw new FaceMorphError('INFERENCE_FAILED', 'MediaPipe could not search the photo', {
      hint: "Open the FaceLandmarker with runningMode: 'IMAGE'.",
      cause,
    });
  }
}

function toFace(
  mesh: MediaPipeResult['faceLandmarks'][number],
  { width, height }: Pixels,
): LocatedFace {
  if (mesh.length < MESH) {
    throw invalidArgument(`a mesh of ${MESH} points or more`, 'faceLandmarks', mesh.length);
  }
  const points = mesh.map(({ x, y }): Point => [x * width, y * height]);
  const middle = (indices: readonly number[]): Point => {
    const [x, y] = [0, 1].map(
      (axis) => indices.reduce((sum, i) => sum + points[i]![axis as 0], 0) / indices.length,
    ) as [number, number];
    return [x, y];
  };
  const landmarks: Landmarks = [
    middle(LEFT_EYE),
    middle(RIGHT_EYE),
    middle(NOSE_TIP),
    middle(LEFT_MOUTH),
    middle(RIGHT_MOUTH),
  ];
  return { landmarks, confidence: 1, box: around(points) };
}

/** The mesh reaches from brows to chin and from cheek to cheek. */
function around(points: readonly Point[]): Box {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

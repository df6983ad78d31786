import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPixels } from '../image/pixels.js';
import { createMediaPipeLocator, type MediaPipeResult } from './mediapipe-locator.js';

const photo = createPixels(400, 200);

/** A mesh whose points lie in one place but for those that count. */
function mesh(at: {
  x: number;
  y: number;
  size: number;
}): MediaPipeResult['faceLandmarks'][number] {
  const points = Array.from({ length: 478 }, () => ({ x: at.x, y: at.y, z: 0 }));
  const put = (index: number, x: number, y: number): void => {
    points[index] = { x: at.x + (x * at.size) / 400, y: at.y + (y * at.size) / 200, z: 0 };
  };
  put(33, -0.4, -0.2);
  put(133, -0.2, -0.2);
  put(362, 0.2, -0.2);
  put(263, 0.4, -0.2);
  put(1, 0, 0.1);
  put(61, -0.2, 0.4);
  put(291, 0.2, 0.4);
  put(152, 0, 0.5);
  put(10, 0, -0.5);
  put(234, -0.5, 0);
  put(454, 0.5, 0);
  return points;
}

describe('createMediaPipeLocator', () => {
  beforeEach(() => {
    vi.stubGlobal(
      'ImageData',
      class {
        constructor(
          readonly data: Uint8ClampedArray,
          readonly width: number,
          readonly height: number,
        ) {}
      },
    );
  });
  afterEach(() => vi.unstubAllGlobals());

  it('takes five points from the mesh, in px of the photo, the largest face first', async () => {
    const detect = vi.fn(() => ({
      faceLandmarks: [mesh({ x: 0.2, y: 0.5, size: 50 }), mesh({ x: 0.7, y: 0.5, size: 100 })],
    }));
    const faces = await createMediaPipeLocator({ detect }).locate(photo);
    expect(detect).toHaveBeenCalledWith(expect.objectContaining({ width: 400, height: 200 }));
    expect(faces).toHaveLength(2);
    const [large, small] = faces;
    expect(large!.landmarks.map((point) => point.map(Math.round))).toEqual([
      [250, 80],
      [310, 80],
      [280, 110],
      [260, 140],
      [300, 140],
    ]);
    expect(large!.box.width).toBeCloseTo(100, 5);
    expect(large!.box.height).toBeCloseTo(100, 5);
    expect(small!.box.x).toBeCloseTo(55, 5);
    expect(large!.confidence).toBe(1);
  });

  it('finds nothing where MediaPipe does', async () => {
    const locator = createMediaPipeLocator({ detect: () => ({ faceLandmarks: [] }) });
    expect(await locator.locate(photo)).toEqual([]);
  });

  it('stops when it is aborted, before MediaPipe begins', async () => {
    const detect = vi.fn(() => ({ faceLandmarks: [] }));
    const located = createMediaPipeLocator({ detect }).locate(photo, {
      signal: AbortSignal.abort(),
    });
    await expect(located).rejects.toMatchObject({ code: 'ABORTED' });
    expect(detect).not.toHaveBeenCalled();
  });

  it('says what is wrong: no landmarker, a failure of MediaPipe, no browser', async () => {
    expect(() => createMediaPipeLocator({} as never)).toThrow(/FaceLandmarker/);
    const cause = new Error('Task is not initialized with image mode');
    const failing = createMediaPipeLocator({
      detect: () => {
        throw cause;
      },
    });
    await expect(failing.locate(photo)).rejects.toMatchObject({
      code: 'INFERENCE_FAILED',
      hint: expect.stringMatching(/IMAGE/),
      cause,
    });
    vi.stubGlobal('ImageData', undefined);
    const locator = createMediaPipeLocator({ detect: () => ({ faceLandmarks: [] }) });
    await expect(locator.locate(photo)).rejects.toMatchObject({ code: 'BACKEND_UNAVAILABLE' });
  });
});

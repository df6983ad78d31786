import { FaceMorphError } from '@facemorph/core';
import type { AnimationFrame } from './frames.js';

/** The module `mediabunny`, as `import('mediabunny')` gives it. */
export type VideoWriter = Readonly<Record<'Output' | 'BufferTarget' | 'CanvasSource', unknown>>;

/** A whole file. */
export interface EncodedVideo {
  readonly bytes: Uint8Array;
  readonly type: 'video/mp4' | 'video/webm';
}

type Mediabunny = typeof import('mediabunny');

/** An MP4, or a WebM where the browser has no encoder for that. */
export async function encodeVideo(
  frames: AsyncIterable<AnimationFrame>,
  load: () => Promise<VideoWriter>,
): Promise<EncodedVideo> {
  const bunny = (await load()) as unknown as Mediabunny;
  const target = new bunny.BufferTarget();
  let output: InstanceType<Mediabunny['Output']> | undefined;
  let source: InstanceType<Mediabunny['CanvasSource']> | undefined;
  let context: OffscreenCanvasRenderingContext2D | null = null;
  let time = 0;
  let type: EncodedVideo['type'] = 'video/mp4';
  for await (const { canvas, duration } of frames) {
    if (!output) {
      const { width, height } = canvas;
      const { format, codec } = await choose(bunny, width, height);
      const screen = new OffscreenCanvas(width, height);
      context = screen.getContext('2d');
      type = format instanceof bunny.Mp4OutputFormat ? 'video/mp4' : 'video/webm';
      source = new bunny.CanvasSource(screen, { codec, bitrate: bunny.QUALITY_HIGH });
      output = new bunny.Output({ format, target });
      output.addVideoTrack(source);
      await output.start();
    }
    context?.drawImage(canvas, 0, 0);
    await source?.add(time / 1000, duration / 1000);
    time += duration;
  }
  await output?.finalize();
  if (!target.buffer) throw new FaceMorphError('ARGUMENT_INVALID', 'There are no frames');
  return { bytes: new Uint8Array(target.buffer), type };
}

async function choose(bunny: Mediabunny, width: number, height: number) {
  for (const format of [new bunny.Mp4OutputFormat(), new bunny.WebMOutputFormat()]) {
    const codecs = format.getSupportedVideoCodecs();
    const wanted = format.mimeType === 'video/mp4' ? (['avc'] as const) : codecs;
    const codec = await bunny.getFirstEncodableVideoCodec([...wanted], { width, height });
    if (codec) return { format, codec };
  }
  throw new FaceMorphError('IMAGE_UNSUPPORTED', 'This browser has no encoder for videos', {
    hint: 'Save the animation as GIF.',
  });
}

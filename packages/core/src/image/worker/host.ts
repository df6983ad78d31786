import { FaceMorphError } from '../../errors.js';
import { paintRows, startCanvas } from '../codec.canvas.js';
import { encodeCanvas } from '../encode-canvas.js';
import type { Pixels } from '../pixels.js';
import { readBlob } from '../read-blob.js';
import type { PictureRequest, PictureResponse } from './protocol.js';

/** The Worker's side: `self` in a dedicated Worker. */
export interface PicturePort {
  postMessage(message: PictureResponse, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<PictureRequest>) => void): void;
}

/** Decodes or encodes the one picture for which the Worker was started. */
export function servePicture(port: PicturePort): void {
  let context: OffscreenCanvasRenderingContext2D | undefined;

  /** What a request is answered with; `undefined` for one that is not the last. */
  const answer = async (
    request: Exclude<PictureRequest, { kind: 'ping' }>,
  ): Promise<Pixels | Uint8Array | undefined> => {
    switch (request.kind) {
      case 'decode':
        return readBlob(request.blob);
      case 'canvas':
        context = startCanvas(request);
        return undefined;
      case 'rows':
        if (context) paintRows(context, request.data, request.top);
        return undefined;
      case 'encode':
        return context && encodeCanvas(context.canvas, request.format);
    }
  };

  port.addEventListener('message', async ({ data }) => {
    if (data.kind === 'ping') {
      port.postMessage({ alive: true }, []);
      return;
    }
    try {
      const result = await answer(data);
      if (!result) return;
      const { buffer } = 'data' in result ? result.data : result;
      port.postMessage({ ok: true, result }, [buffer as ArrayBuffer]);
    } catch (error) {
      const known = error instanceof FaceMorphError ? error.toJSON() : undefined;
      port.postMessage({ ok: false, error: known }, []);
    }
  });
}

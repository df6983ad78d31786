import type { Face } from '@facemorph/core';
import { type FaceRef, keptNames, type StudioDocument } from '../session/document.js';

/** Draws the edit once more and hands it to the browser's downloads as a PNG. */
export async function savePicture(face: Face, document: StudioDocument): Promise<void> {
  const edited = await face.edit(document.strengths, { keep: keptNames(document) });
  const url = URL.createObjectURL(await edited.toBlob({ type: 'image/png' }));
  const link = window.document.createElement('a');
  link.href = url;
  link.download = `facemorph-${baseName(document.face)}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function baseName(ref: FaceRef): string {
  if (ref.kind === 'sample') return `${ref.seed}-${ref.index + 1}`;
  return ref.name.replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N}_-]+/gu, '-') || 'face';
}

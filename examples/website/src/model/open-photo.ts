import type { Face, FaceMorph, TaskOptions } from '@facemorph/core';

/** The largest face in a picture that the visitor chose. */
export async function openPhoto(model: FaceMorph, file: Blob, task: TaskOptions): Promise<Face> {
  const photo = await model.open(file, task);
  return photo.face;
}

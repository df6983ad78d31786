import type { Face, FaceMorph, TaskOptions } from '@facemorph/core';

/**
 * The face of a picture the visitor chose. The picture is taken as an already cropped face
 * until the model can look for faces itself; this is the one place that knows.
 */
export async function openPhoto(model: FaceMorph, file: Blob, task: TaskOptions): Promise<Face> {
  const photo = await model.open(file, { ...task, aligned: true });
  return photo.face;
}

import type { Face, FaceMorph, TaskOptions } from '@facemorph/core';
import { openPhoto } from '../model/open-photo.js';
import type { FaceRef } from './document.js';
import { WALL_SIZE } from './hash.js';

/** All faces seen so far: sampled ones by seed, uploaded ones by number. Lives as long as the model. */
export class FaceLibrary {
  readonly #model: FaceMorph;
  readonly #samples = new Map<number, Promise<readonly Face[]>>();
  readonly #uploads = new Map<number, Face>();

  constructor(model: FaceMorph) {
    this.#model = model;
  }

  /** The faces of a seed, sampled once. */
  samples(seed: number): Promise<readonly Face[]> {
    const known = this.#samples.get(seed);
    if (known) return known;
    const faces = this.#model.sample({ count: WALL_SIZE, seed });
    this.#samples.set(seed, faces);
    faces.catch(() => this.#samples.delete(seed));
    return faces;
  }

  /** Opens a picture and remembers its face. */
  async upload(file: File, task: TaskOptions): Promise<FaceRef> {
    const face = await openPhoto(this.#model, file, task);
    const id = this.#uploads.size + 1;
    this.#uploads.set(id, face);
    return { kind: 'upload', id, name: file.name };
  }

  /** The face that a reference names. */
  async find(ref: FaceRef): Promise<Face> {
    const face =
      ref.kind === 'sample' ? (await this.samples(ref.seed))[ref.index] : this.#uploads.get(ref.id);
    if (!face) throw new Error('This face is no longer here.');
    return face;
  }
}

import { FaceMorphError } from '../errors.js';
import type { LoadedModel } from '../model/load-model.js';
import { part } from '../part.js';
import type { Backend } from '../runtime/backend.js';
import { openSession } from '../runtime/start-decoder.js';
import type { FaceLocator } from './locator.js';
import type { NetworkLocator } from './network-locator.js';

/** Options of {@link LocatorSource}. */
export interface LocatorSourceOptions {
  readonly model: LoadedModel;
  readonly backend: Backend;
  /** In place of the model's own; it belongs to the caller. */
  readonly given: FaceLocator | undefined;
}

/**
 * What finds faces: the locator that the caller gave, or the model's own, whose code and networks are
 * loaded on demand, since most of a page's visitors never open a photo.
 */
export class LocatorSource {
  readonly #options: LocatorSourceOptions;
  /** The model's own, which is ours to dispose of. */
  #network: NetworkLocator | undefined;

  constructor(options: LocatorSourceOptions) {
    this.#options = options;
  }

  /** Whether there is one. */
  get exists(): boolean {
    const { model, given } = this.#options;
    return given !== undefined || model.has('locator');
  }

  /** @throws {FaceMorphError} `NO_FACE` where there is none */
  async open(): Promise<FaceLocator> {
    const { model, backend, given } = this.#options;
    if (given) return given;
    if (!this.exists) throw cannotSearch();
    const { NetworkLocator } = await part(import('./network-locator.js'));
    this.#network ??= new NetworkLocator({
      template: model.manifest.template,
      hasLandmarker: model.has('landmarker'),
      openSession: (role, options) => openSession(backend, model, role, options),
    });
    return this.#network;
  }

  async dispose(): Promise<void> {
    await this.#network?.dispose();
  }
}

function cannotSearch(): FaceMorphError {
  return new FaceMorphError('NO_FACE', 'This model cannot search for faces', {
    hint: 'Pass { aligned: true } for a picture that is cropped to a face, or { landmarks }.',
  });
}

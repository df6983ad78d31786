/** What a pool and its threads say to each other. A thread does one job at a time. */
import type { Edits } from '../../attributes/edits.js';
import type { AttributeSet } from '../../attributes/types.js';
import type { SerializedError } from '../../errors.js';
import type { EditOptions } from '../../face.js';
import type { SampleOptions } from '../../face-morph-options.js';
import type { Pixels } from '../../image/pixels.js';
import type { Latent } from '../../latent/latent.js';
import type { AttributeInput } from '../../load.js';
import type { ModelManifest, ModelRole } from '../../model/manifest-types.js';
import type { EncodeImageOptions } from '../../platform/platform.js';
import type { BackendName } from '../options.js';
import type {
  EditedPhoto,
  EncodedPhoto,
  PoolMorphOptions,
  PoolOpenOptions,
  PoolResult,
  SampledFace,
} from './pool-types.js';

/** A model as it crosses threads, where a `URL` cannot. */
export type PortableModel =
  | { readonly location: string }
  | { readonly manifest: unknown; readonly files: Readonly<Partial<Record<ModelRole, string>>> };

/** What a thread is started with. */
export interface ThreadSettings {
  readonly model: PortableModel | undefined;
  readonly attributes: readonly AttributeInput[];
  readonly backend: BackendName | undefined;
  readonly cache: false | undefined;
}

/** What a thread says of itself when it has loaded. */
export interface ThreadReady {
  readonly manifest: ModelManifest;
  readonly attributes: AttributeSet;
  readonly backend: string;
}

/** A picture, or a latent (a `Float32Array`). */
export type PortableFace = string | Uint8Array | Pixels | Latent;

interface FileChoice {
  /** Absent for pixels. */
  readonly file?: EncodeImageOptions | undefined;
}

type Picture = Pixels | Uint8Array;

/** Parameters and result of each kind of job. */
export interface Jobs {
  encode: {
    params: { readonly picture: PortableFace; readonly open: PoolOpenOptions };
    result: EncodedPhoto;
  };
  decode: {
    params: { readonly latents: readonly Latent[] } & FileChoice;
    result: PoolResult<Picture>[];
  };
  edit: {
    params: {
      readonly face: PortableFace;
      readonly open: PoolOpenOptions;
      readonly edits: Edits;
    } & Pick<EditOptions, 'keep' | 'mode'> &
      FileChoice;
    result: EditedPhoto<Picture>;
  };
  sample: {
    params: Pick<SampleOptions, 'count' | 'seed' | 'truncation'> & FileChoice;
    result: SampledFace<Picture>[];
  };
  morph: {
    params: {
      readonly from: PortableFace;
      readonly to: PortableFace;
      readonly open: PoolOpenOptions;
    } & PoolMorphOptions &
      FileChoice;
    result: PoolResult<Picture>[];
  };
}

export type JobKind = keyof Jobs;

/** Asks for work, cancels the job of an id, or asks the thread to end. */
export type ThreadRequest =
  | {
      [K in JobKind]: { readonly id: number; readonly kind: K; readonly params: Jobs[K]['params'] };
    }[JobKind]
  | { readonly id: number; readonly kind: 'cancel' }
  | { readonly id: number; readonly kind: 'close' };

/** The first message (id 0) says how the start went; each other one answers a job. */
export type ThreadResponse =
  | {
      readonly id: number;
      readonly ok: true;
      readonly result: ThreadReady | Jobs[JobKind]['result'];
    }
  | { readonly id: number; readonly ok: false; readonly error: SerializedError };

import { FaceMorphError } from './errors.js';

/**
 * A part of FaceMorph that is loaded when it is first needed: `await part(import('./photo/…'))`.
 * @throws {FaceMorphError} `NETWORK` when its file cannot be had: the connection is gone, or the
 * site was deployed anew since the page was opened.
 */
export async function part<T>(module: Promise<T>): Promise<T> {
  try {
    return await module;
  } catch (cause) {
    throw new FaceMorphError('NETWORK', 'A part of FaceMorph could not be loaded', {
      hint: 'Check the connection. If the site was updated in the meantime, reload the page.',
      cause,
    });
  }
}

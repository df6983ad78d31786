import type { Provenance } from '../platform/platform.js';

const TERMS = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

/** IPTC's terms for what a trained model did to a picture. */
export const SOURCE_TYPES: Readonly<Record<Provenance, string>> = {
  edited: `${TERMS}compositeWithTrainedAlgorithmicMedia`,
  generated: `${TERMS}trainedAlgorithmicMedia`,
};

import manifest from '../package.json' with { type: 'json' };

/** Of the `@facemorph/server` package. */
export const VERSION: string = manifest.version;

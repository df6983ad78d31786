/** As ES modules: otherwise esbuild warns about every `import.meta`. */
const asModules = (config) => ({ ...config, format: 'esm', logLevel: 'error' });

/** Leaves out what `import()` loads later: it has a row of its own. */
const atFirst = (config) => ({
  ...asModules(config),
  plugins: [
    ...(config.plugins ?? []),
    {
      name: 'at-first',
      setup: (build) =>
        build.onResolve({ filter: /^\./ }, ({ kind }) =>
          kind === 'dynamic-import' ? { path: './later.js', external: true } : undefined,
        ),
    },
  ],
});
const core = 'packages/core/dist/browser';
const assets = 'examples/website/dist/assets';
const ignore = ['onnxruntime-web', '@facemorph/models'];
const kit = ['@facemorph/core', 'mediabunny', 'react', 'react-dom', 'react/jsx-runtime'];

/** What `import()` loads, each with all that it needs, some of which is there already. */
const onDemand = [
  ['sampling', 'sampler', '3 KB'],
  ['opening a photo', 'open-photo', '9.1 KB'],
  ['reading attributes', 'parse', '4 KB'],
  ['a faster decoder for live frames', 'live-decoder', '1 KB'],
  ['finding faces', 'network-locator', '5 KB'],
  // The watch over Workers is in it, which the page has already.
  ['reading and writing pictures', 'codec.browser', '4.8 KB'],
  // Most of a photo's alignment is in it, which goes on around the frame; opening the photo has fetched that already.
  ['pasting an edit into its photo', 'paste-edit', '10.4 KB'],
  ['showing an edit live in its photo', 'live-paste', '8.2 KB'],
  ['keeping camera and author', 'keep-exif', '3 KB'],
  ['provenance in files', 'xmp', '3 KB'],
  ['replaying a recipe', 'replay', '7 KB'],
  ['testing a GPU', 'self-test', '3 KB'],
  ['hashing without crypto.subtle', 'sha256-portable', '1 KB'],
];

/** Gzipped kilobytes of scripts; wasm and weights are not scripts. */
const rows = [
  {
    name: '@facemorph/core in a browser: { FaceMorph }, at first',
    path: `${core}/index.js`,
    import: '{ FaceMorph }',
    ignore,
    modifyEsbuildConfig: atFirst,
    limit: '15 KB',
  },
  {
    name: '@facemorph/core in a browser: everything, at first',
    path: `${core}/index.js`,
    import: '*',
    ignore,
    modifyEsbuildConfig: atFirst,
    limit: '25 KB',
  },
  ...onDemand.map(([what, file, limit]) => ({
    name: `@facemorph/core in a browser, on demand: ${what}`,
    path: `${core}/${file}-*.js`,
    ignore,
    modifyEsbuildConfig: atFirst,
    limit,
  })),
  {
    name: '@facemorph/core in a browser: everything, with all that is on demand',
    path: `${core}/index.js`,
    import: '*',
    ignore,
    limit: '50 KB',
  },
  {
    name: '@facemorph/core: its worker, without onnxruntime',
    path: `${core}/worker.js`,
    ignore,
    limit: '5 KB',
  },
  {
    name: '@facemorph/core: its worker for large pictures',
    path: `${core}/picture-worker.js`,
    ignore,
    limit: '3 KB',
  },
  {
    name: '@facemorph/react: everything, at first',
    path: 'packages/react/dist/index.js',
    import: '*',
    ignore: kit,
    modifyEsbuildConfig: atFirst,
    limit: '15 KB',
  },
  {
    name: '@facemorph/react: everything, with all that is on demand',
    path: 'packages/react/dist/index.js',
    import: '*',
    ignore: kit,
    limit: '26 KB',
  },
  {
    name: '@facemorph/react: { useFaceEditor }',
    path: 'packages/react/dist/index.js',
    import: '{ useFaceEditor }',
    ignore: kit,
    limit: '3 KB',
  },
  {
    name: 'website: what every visit loads',
    path: [`${assets}/index-*.js`, `${assets}/worker-*.js`, `!${assets}/worker-webgpu-*.js`],
    modifyEsbuildConfig: atFirst,
    limit: '150 KB',
  },
  {
    name: 'website: the worker for WebGPU, on demand',
    path: `${assets}/worker-webgpu-*.js`,
    limit: '60 KB',
  },
];

export default rows.map((row) => ({ modifyEsbuildConfig: asModules, ...row, gzip: true }));

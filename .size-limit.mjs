/** As ES modules: otherwise esbuild warns about every `import.meta`. */
const asModules = (config) => ({ ...config, format: 'esm', logLevel: 'error' });
const core = 'packages/core/dist/browser';
const assets = 'examples/website/dist/assets';
const ignore = ['onnxruntime-web', '@facemorph/models'];
const kit = ['@facemorph/core', 'react', 'react-dom', 'react/jsx-runtime'];

/** Gzipped kilobytes of scripts; wasm and weights are not scripts. */
const rows = [
  {
    name: '@facemorph/core in a browser: everything',
    path: `${core}/index.js`,
    import: '*',
    ignore,
    limit: '24 KB',
  },
  {
    name: '@facemorph/core in a browser: { FaceMorph }',
    path: `${core}/index.js`,
    import: '{ FaceMorph }',
    ignore,
    limit: '23 KB',
  },
  {
    name: '@facemorph/core: its worker, without onnxruntime',
    path: `${core}/worker.js`,
    ignore,
    limit: '5 KB',
  },
  {
    name: '@facemorph/react: everything',
    path: 'packages/react/dist/index.js',
    import: '*',
    ignore: kit,
    limit: '17 KB',
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
    path: [`${assets}/*.js`, `!${assets}/worker-webgpu-*.js`],
    limit: '150 KB',
  },
  {
    name: 'website: the worker for WebGPU, on demand',
    path: `${assets}/worker-webgpu-*.js`,
    limit: '60 KB',
  },
];

export default rows.map((row) => ({ ...row, gzip: true, modifyEsbuildConfig: asModules }));

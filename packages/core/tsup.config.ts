import { defineConfig, type Options } from 'tsup';

const shared: Options = {
  target: 'es2022',
  splitting: true,
  sourcemap: true,
  clean: true,
  tsconfig: 'tsconfig.build.json',
};

/** The same sources, built twice: `#platform` resolves by esbuild's condition for each. */
export default defineConfig([
  {
    ...shared,
    entry: {
      index: 'src/index.ts',
      node: 'src/node.ts',
      testing: 'src/testing/index.ts',
      mediapipe: 'src/mediapipe.ts',
      c2pa: 'src/c2pa.ts',
      // Started by `new Worker(new URL('./pool-worker.js', import.meta.url))`.
      'pool-worker': 'src/pool-worker.ts',
    },
    outDir: 'dist/node',
    platform: 'node',
    format: ['esm', 'cjs'],
    shims: true,
  },
  {
    ...shared,
    entry: {
      index: 'src/index.ts',
      browser: 'src/browser.ts',
      testing: 'src/testing/index.ts',
      mediapipe: 'src/mediapipe.ts',
      // Started by `new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })`.
      worker: 'src/worker.ts',
      'worker-webgpu': 'src/worker-webgpu.ts',
      'picture-worker': 'src/picture-worker.ts',
    },
    outDir: 'dist/browser',
    platform: 'browser',
    format: ['esm'],
  },
  {
    ...shared,
    entry: {
      index: 'src/index.ts',
      node: 'src/node.ts',
      browser: 'src/browser.ts',
      testing: 'src/testing/index.ts',
      mediapipe: 'src/mediapipe.ts',
      c2pa: 'src/c2pa.ts',
    },
    outDir: 'dist/types',
    format: ['esm', 'cjs'],
    dts: { only: true },
  },
]);

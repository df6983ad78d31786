import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Unit and contract tests run on the sources; all other suites on what is built. */
const alias = [
  { find: /^@facemorph\/core$/, replacement: source('packages/core/src/index.ts') },
  { find: /^@facemorph\/core\/node$/, replacement: source('packages/core/src/node.ts') },
  {
    find: /^@facemorph\/core\/testing$/,
    replacement: source('packages/core/src/testing/index.ts'),
  },
  { find: /^@facemorph\/react$/, replacement: source('packages/react/src/index.ts') },
  { find: /^@facemorph\/models$/, replacement: source('packages/models/src/index.ts') },
];

const react18 = [
  'react',
  'react/jsx-runtime',
  'react/jsx-dev-runtime',
  'react-dom',
  'react-dom/client',
  'react-dom/server',
  '@testing-library/react',
].map((name) => ({
  find: new RegExp(`^${name}$`),
  replacement: createRequire(source('tests/react-18/package.json')).resolve(name),
}));

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: [
            '{packages,examples}/*/src/**/*.test.{js,ts,tsx}',
            '{scripts,bench}/**/*.test.{ts,mjs}',
          ],
          exclude: ['**/*.contract.test.ts', '**/node_modules/**'],
          // A hang is what it is for: a busy machine takes seconds to load sharp.
          testTimeout: 20_000,
        },
      },
      {
        // The tests of the React kit once more, under the oldest React it is for.
        resolve: { alias: [...alias, ...react18] },
        test: {
          name: 'react-18',
          include: ['packages/react/src/**/*.test.tsx'],
          env: { FACEMORPH_REACT: '18' },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'contract',
          include: ['packages/*/src/**/*.contract.test.ts'],
          testTimeout: 60_000,
        },
      },
      { test: { name: 'parity', include: ['tests/parity/**/*.test.ts'], testTimeout: 120_000 } },
      {
        test: {
          name: 'packaging',
          include: ['tests/packaging/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
      {
        // Examples as they are copied: from packed packages, visited with Chromium.
        test: {
          name: 'examples',
          include: ['tests/examples/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 400_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: Number(process.env.FACEMORPH_FUZZ_TIMEOUT ?? 120_000),
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        // Hostile input: as the unit tests, on the sources, whose inner parsers are reached too.
        resolve: { alias },
        test: {
          name: 'fuzz',
          include: ['tests/fuzz/**/*.test.ts'],
          // The packages that the sources import are what Node gives, as where they are installed.
          deps: { interopDefault: false },
          testTimeout: Number(process.env.FACEMORPH_FUZZ_TIMEOUT ?? 120_000),
          hookTimeout: 120_000,
        },
      },
      {
        // Needs `npm run build`.
        test: {
          name: 'stories',
          include: ['tests/storybook/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'cli',
          include: ['tests/cli/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'server',
          include: ['tests/{server,batch,deployment}/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

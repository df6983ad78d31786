import { fileURLToPath } from 'node:url';
import type { StorybookConfig } from '@storybook/react-vite';
import react from '@vitejs/plugin-react';

const source = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  addons: ['@storybook/addon-docs'],
  stories: ['./pages/*.mdx', '../packages/react/src/**/*.stories.tsx'],
  staticDirs: [],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  typescript: { reactDocgen: 'react-docgen' },
  viteFinal: (vite) => ({
    ...vite,
    plugins: [...(vite.plugins ?? []), react()],
    resolve: {
      ...vite.resolve,
      // Stories import parts from their sources: pages must not bring a second kit with a context of its own.
      alias: {
        '@facemorph/react/styles.css': source('packages/react/src/styles/index.css'),
        '@facemorph/react': source('packages/react/src/index.ts'),
      },
    },
    build: { ...vite.build, target: 'es2022', chunkSizeWarningLimit: 4000 },
    worker: { format: 'es' },
  }),
};

export default config;

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { budget } from './build/budget.js';
import { contentSecurityPolicy } from './build/content-security-policy.js';
import { leaveOut } from './build/leave-out.js';
import { serviceWorker } from './build/service-worker.js';

export default defineConfig({
  plugins: [
    react(),
    contentSecurityPolicy(),
    budget({ kilobytes: 150 }),
    // The site runs on wasm: it needs neither the WebGPU build of the runtime (27 MB) nor the
    // pictures that WebGPU is tested with (0.7 MB).
    leaveOut([/^assets\/parity-.*\.json$/, /^assets\/ort-wasm.*\.asyncify-.*\.wasm$/]),
    serviceWorker({
      source: 'src/offline/service-worker.js',
      shell: /\.(html|js|css|svg|png|webp|webmanifest|woff2)$/,
      runtime: /\/(ort-wasm|encoder|locator|landmarker)[^/]*\.(wasm|onnx)$/,
      except: /worker-webgpu|latin-ext/,
    }),
  ],
  base: './',
  build: { target: 'es2022', assetsInlineLimit: 0 },
  worker: { format: 'es' },
});

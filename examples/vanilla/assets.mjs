// Copies what the page needs into public/vendor, so that plain files on one host are all there is:
// FaceMorph's browser build, onnxruntime's wasm build, and the model.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const vendor = join(import.meta.dirname, 'public', 'vendor');
const folderOf = (name) => dirname(require.resolve(`${name}/package.json`));
rmSync(vendor, { recursive: true, force: true });

// A browser knows no package names: in the built files only this one is left to replace. Workers
// have no import maps, so it cannot be done in the page.
const names = { 'onnxruntime-web/wasm': '../onnxruntime/ort.wasm.bundle.min.mjs' };
const core = join(folderOf('@facemorph/core'), 'dist', 'browser');
mkdirSync(join(vendor, 'facemorph'), { recursive: true });
for (const file of readdirSync(core).filter((name) => name.endsWith('.js'))) {
  const code = readFileSync(join(core, file), 'utf8');
  const written = Object.entries(names).reduce(
    (text, [name, path]) => text.replaceAll(`"${name}"`, `"${path}"`),
    code,
  );
  writeFileSync(join(vendor, 'facemorph', file), written);
}

// The script and its wasm must be of the same build, so both come from the same package.
const onnxruntime = dirname(require.resolve('onnxruntime-web/wasm'));
for (const file of ['ort.wasm.bundle.min.mjs', 'ort-wasm-simd-threaded.wasm']) {
  cpSync(join(onnxruntime, file), join(vendor, 'onnxruntime', file));
}

const model = join(folderOf('@facemorph/models'), 'weights', 'facemorph-128');
const { files } = JSON.parse(readFileSync(join(model, 'manifest.json'), 'utf8'));
const { parity, ...used } = files;
for (const path of ['manifest.json', ...Object.values(used).map((file) => file.path)]) {
  cpSync(join(model, path), join(vendor, 'model', path));
}

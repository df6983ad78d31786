// `npm run sbom`: prints a bill of materials (CycloneDX 1.6, JSON) of what installing the published
// packages brings: names, versions, hashes, licences and who needs whom, from the lockfile.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './lib/process.mjs';
import { billOfMaterials, installedLicences } from './lib/sbom.mjs';
import { workspacePackages } from './lib/workspace.mjs';

const roots = workspacePackages()
  .filter(({ published }) => published)
  .map(({ directory, name }) => {
    const { version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    return { folder: relative(root, directory).replaceAll('\\', '/'), name, version, license };
  });
const bill = billOfMaterials({
  lock: readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8'),
  roots,
  licenceOf: installedLicences(join(root, 'node_modules', '.pnpm')),
  serial: randomUUID(),
  time: new Date().toISOString(),
});
process.stdout.write(`${JSON.stringify(bill, null, 2)}\n`);

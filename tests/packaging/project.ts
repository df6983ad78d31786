import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url));

/** How a process ended and what it said. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** An empty project outside the workspace, with the packed packages installed by npm. */
export interface Project {
  readonly directory: string;
  write(name: string, text: string): void;
  node(...args: readonly string[]): Promise<Ended>;
  dispose(): void;
}

/**
 * Packs the packages as npm would publish them and installs the tarballs as a stranger would.
 *
 * @param packages Folder names under `packages/`, together with those they depend on.
 * @param others Further packages from the registry, such as `sharp@0.35.5`.
 */
export async function createProject(
  packages: readonly string[],
  others: readonly string[] = [],
): Promise<Project> {
  const directory = mkdtempSync(join(tmpdir(), 'facemorph-packaging-'));
  const manifest = { name: 'stranger', version: '1.0.0', private: true };
  writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest));
  return install(directory, packages, others);
}

/**
 * A copy of an example outside the workspace, with our packages from tarballs and all others from the
 * registry: what someone has who copies its folder.
 */
export async function createExample(name: string): Promise<Project> {
  const directory = mkdtempSync(join(tmpdir(), 'facemorph-example-'));
  const from = join(root, 'examples', name);
  const made = /(^|[/\\])(node_modules|vendor|dist|\.next)$/;
  cpSync(from, directory, { recursive: true, filter: (path) => !made.test(path) });
  const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const own = Object.keys(manifest.dependencies).filter((item) => item.startsWith('@facemorph/'));
  for (const item of own) delete manifest.dependencies[item];
  writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest, null, 2));
  // All bring core, and core the models; npm must find them among the tarballs too.
  const packages = new Set([
    'models',
    'core',
    ...own.map((item) => item.replace('@facemorph/', '')),
  ]);
  return install(directory, [...packages], []);
}

async function install(
  directory: string,
  packages: readonly string[],
  others: readonly string[],
): Promise<Project> {
  for (const name of packages) {
    const from = join(root, 'packages', name);
    await must('npm', ['pack', '--ignore-scripts', '--pack-destination', directory], from);
  }
  const tarballs = readdirSync(directory).filter((file) => file.endsWith('.tgz'));
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'];
  const wanted = tarballs.map((file) => `./${file}`);
  await must('npm', ['install', '--omit=dev', ...quiet, ...wanted, ...others], directory);
  return {
    directory,
    write: (name, text) => writeFileSync(join(directory, name), text),
    node: (...args) => execute(process.execPath, args, directory),
    dispose: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** The fenced blocks of a language in a page, by its path from the root. */
export function blocksOf(page: string, language: string): string[] {
  const text = readFileSync(join(root, page), 'utf8');
  const fences = text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'));
  return [...fences].map((match) => match[1] ?? '');
}

/** An ES module with top-level await as the CommonJS program that does the same. */
export function asCommonJs(source: string): string {
  const required = source.replace(
    /^import \{([^}]*)\} from ('[^']*');$/gm,
    (_line, names: string, from: string) => `const {${names}} = require(${from});`,
  );
  return `(async () => {\n${required}\n})();\n`;
}

/** Runs a program; resolves however it ends. */
export function execute(file: string, args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      file,
      args,
      { cwd, env: strangersEnvironment(), shell: process.platform === 'win32' },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        resolve({ code, stdout, stderr });
      },
    );
  });
}

async function must(file: string, args: readonly string[], cwd: string): Promise<void> {
  const { code, stdout, stderr } = await execute(file, args, cwd);
  if (code !== 0)
    throw new Error(`${file} ${args.join(' ')} ended with ${code}\n${stdout}${stderr}`);
}

/** Without what npm and vitest put into the environment of this process. */
function strangersEnvironment(): NodeJS.ProcessEnv {
  const own = /^(npm_(?!config_(registry|cache)$)|VITEST|NODE_ENV$|NODE_OPTIONS$|FORCE_COLOR$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

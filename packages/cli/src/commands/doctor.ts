import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { type Command, defineCommand } from '../command.js';
import { failureLine } from '../failure.js';
import { installedVersion } from '../installed.js';
import { modelArgs } from '../model.js';
import { type BackendProbe, probeBackend } from '../probe.js';
import { VERSION } from '../version.js';

/** `facemorph doctor`: whether everything works here, and how fast. */
export const doctor: Command = defineCommand({
  name: 'doctor',
  description: 'Check the installation: versions, model, backends and their speed',
  args: { model: modelArgs.model },
  arity: [0, 0],
  examples: ['doctor', 'doctor --json', 'doctor --model ./my-model'],
  async run(args, run) {
    const versions = findVersions();
    const probes: BackendProbe[] = [];
    for (const backend of ['onnxruntime-node', 'wasm'] as const) {
      const options = { ...run.task, model: args.options.model };
      probes.push(await run.time(backend, () => probeBackend(backend, options)));
    }
    const working = probes.filter(({ timings }) => timings);
    const model = working[0]?.model;
    const advice = adviceFor(versions, probes);
    const machine = describeMachine();
    const ok = working.length > 0 && versions.sharp !== undefined;
    return {
      data: { ok, versions, machine, model: model ?? null, backends: probes, advice },
      answer: [
        ...Object.entries(versions).map(([name, found]) => row(name, found ?? 'not installed')),
        row('machine', `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB`),
        row('model', model ? `${model.id} ${model.sha256.slice(0, 12)}, files intact` : 'unusable'),
        ...probes.map(backendRow),
        '',
        ...(advice.length > 0 ? advice.map((line) => `- ${line}`) : ['Everything works.']),
      ],
      ...(ok ? {} : { failures: failuresOf(probes, versions.sharp) }),
    };
  },
});

type Versions = Readonly<
  Record<
    'facemorph' | 'node' | 'onnxruntime-node' | 'onnxruntime-web' | 'sharp',
    string | undefined
  >
>;

function findVersions(): Versions {
  const core = import.meta.resolve('@facemorph/core');
  return {
    facemorph: VERSION,
    node: `${process.versions.node} ${process.platform}-${process.arch}`,
    'onnxruntime-node': installedVersion('onnxruntime-node', core),
    'onnxruntime-web': installedVersion('onnxruntime-web', core),
    sharp: installedVersion('sharp', core),
  };
}

function describeMachine() {
  const gigabytes = (bytes: number): number => Math.round(bytes / 1e8) / 10;
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: gigabytes(totalmem()),
    freeMemoryGb: gigabytes(freemem()),
  };
}

function adviceFor(versions: Versions, probes: readonly BackendProbe[]): string[] {
  const advice: string[] = [];
  if (versions['onnxruntime-node'] === undefined) {
    advice.push('npm i onnxruntime-node makes FaceMorph about three times as fast in Node.');
  }
  if (versions.sharp === undefined) advice.push('npm i sharp: pictures need it.');
  for (const { backend, error } of probes) {
    if (!error || error.code === 'DEPENDENCY_MISSING') continue;
    advice.push(`${backend}: ${[error.message, error.hint].filter(Boolean).join('. ')}`);
  }
  return [...new Set(advice)];
}

function failuresOf(probes: readonly BackendProbe[], sharp: string | undefined): string[] {
  const error = probes.every(({ timings }) => !timings) ? probes.at(-1)?.error : undefined;
  const lines = error ? [failureLine(error)] : [];
  return sharp === undefined ? [...lines, 'facemorph: sharp is not installed. npm i sharp'] : lines;
}

function backendRow({ backend, timings, error }: BackendProbe): string {
  return row(
    backend === 'wasm' ? 'runs on wasm' : 'runs natively',
    timings
      ? `yes: encode ${timings.encode} ms, decode ${timings.decode} ms, load ${timings.load} ms`
      : `no (${error?.code})`,
  );
}

function row(name: string, text: string): string {
  return `${name.padEnd(18)} ${text}`;
}

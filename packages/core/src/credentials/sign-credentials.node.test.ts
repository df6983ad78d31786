import { createSign } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encodeImage } from '../image/output.js';
import { withProvenance } from '../image/with-provenance.js';
import { writeRecipe } from '../recipe/write.js';
import { type SignCredentialsOptions, signCredentials } from './sign-credentials.node.js';
import { makeTestCertificates } from './test-certificates.test-helper.js';

const peer = await import('@contentauth/c2pa-node').catch(() => undefined);
const keys = makeTestCertificates();
if (!peer || !keys) {
  console.warn('!!! Content Credentials are not tested: c2pa-node or openssl is missing');
}

const TERMS = 'http://cv.iptc.org/newscodes/digitalsourcetype/';
const pixels = {
  width: 64,
  height: 48,
  data: Uint8ClampedArray.from({ length: 64 * 48 * 4 }, (_, i) => (i % 4 === 3 ? 255 : i & 255)),
};
/** A photo that says where it was taken. */
const original = {
  bytes: await sharp(pixels.data, { raw: { width: 64, height: 48, channels: 4 } })
    .removeAlpha()
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
    .jpeg()
    .toBuffer(),
  type: 'image/jpeg',
};
const model = { id: 'toy', sha256: 'a'.repeat(64) };
const recipe = writeRecipe({ model, edits: { smiling: 2 }, latent: 'UEVSU09OQUw=' });

/** What the peer's reader makes of a file. */
async function read(file: Uint8Array, mimeType: string) {
  const reader = await peer!.Reader.fromAsset({ buffer: Buffer.from(file), mimeType });
  // biome-ignore lint/suspicious/noExplicitAny: it is what it is expected to be, or the test fails.
  const store = reader?.json() as any;
  const { assertions, ...manifest } = store?.manifests[store.active_manifest] ?? {};
  const done = assertions?.find(({ label }: { label: string }) => label === 'c2pa.actions.v2');
  return { state: store?.validation_state, manifest, actions: done?.data.actions };
}

/** A box of an MP4. */
function box(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, body]);
}

describe.skipIf(!peer || !keys)('signCredentials', () => {
  const signer = () => peer!.LocalSigner.newSigner(keys!.certificates, keys!.privateKey, 'es256');
  const edit = (more: object = {}): SignCredentialsOptions =>
    ({ type: 'image/png', provenance: 'edited', original, signer: signer(), ...more }) as never;

  it.each(['png', 'jpeg', 'webp', 'avif'] as const)('signs an edited %s', async (format) => {
    const type = `image/${format}` as const;
    const file = await encodeImage(pixels, { type, provenance: 'edited' });
    const copy = file.slice();
    const signed = await signCredentials(file, edit({ type, title: 'smile', recipe }));
    expect(file).toEqual(copy);
    const { state, manifest, actions } = await read(signed, type);
    expect(state).toBe('Valid');
    expect(manifest).toMatchObject({ title: 'smile', signature_info: { common_name: 'Studio' } });
    expect(manifest.ingredients).toMatchObject([{ title: 'original', relationship: 'parentOf' }]);
    const { latent: _personal, ...shown } = recipe;
    expect(actions).toMatchObject([
      { action: 'c2pa.opened' },
      {
        action: 'c2pa.edited',
        digitalSourceType: `${TERMS}compositeWithTrainedAlgorithmicMedia`,
        parameters: { 'facemorph.recipe': shown },
      },
    ]);
    // The picture and the mark in its XMP stay; nothing personal comes in.
    expect(await sharp(signed).raw().toBuffer()).toEqual(await sharp(file).raw().toBuffer());
    const { xmp, exif } = await sharp(signed).metadata();
    expect(String(xmp)).toContain('compositeWithTrainedAlgorithmicMedia');
    expect(exif).toBeUndefined();
    expect(JSON.stringify(manifest)).not.toContain('thumbnail');
    expect(Buffer.from(signed).includes('UEVSU09OQUw')).toBe(false);
    expect(Buffer.from(signed).includes('GPS')).toBe(false);
  });

  it('is broken by a change of the picture', async () => {
    const file = await encodeImage(pixels, { type: 'image/png' });
    const signed = await signCredentials(file, edit());
    const at = Buffer.from(signed).indexOf('IDAT') + 20;
    signed[at] = 255 - Number(signed[at]);
    expect((await read(signed, 'image/png')).state).toBe('Invalid');
  });

  const animations = {
    'image/gif': () =>
      sharp(pixels.data, { raw: { width: 64, height: 48, channels: 4 } })
        .gif()
        .toBuffer(),
    'video/mp4': async () =>
      Buffer.concat([
        box('ftyp', Buffer.from('isom\0\0\0\0isom', 'latin1')),
        box('moov', box('mvhd', Buffer.alloc(100))),
        box('mdat', Buffer.alloc(50)),
      ]),
  } as const;

  it.each(['image/gif', 'video/mp4'] as const)('signs a generated %s', async (type) => {
    const marked = await withProvenance(await animations[type](), type, 'generated');
    const options = { type, provenance: 'generated', signer: signer() } as const;
    expect(await read(await signCredentials(marked, options), type)).toMatchObject({
      state: 'Valid',
      actions: [{ action: 'c2pa.created', digitalSourceType: `${TERMS}trainedAlgorithmicMedia` }],
    });
  });

  it('carries on what was signed before', async () => {
    const file = await encodeImage(pixels);
    const generated = { type: 'image/png', provenance: 'generated', signer: signer() } as const;
    const bytes = await signCredentials(file, generated);
    const again = await signCredentials(file, edit({ original: { bytes, type: 'image/png' } }));
    const { state, manifest } = await read(again, 'image/png');
    expect(state).toBe('Valid');
    expect(manifest.ingredients[0]).toHaveProperty('active_manifest');
  });

  it('signs with a key that is elsewhere', async () => {
    const certs = keys!.certificates
      .toString()
      .split(/(?<=-----END CERTIFICATE-----)\s*/)
      .filter(Boolean)
      .map((pem) => Buffer.from(pem));
    const sign = async (data: Buffer) =>
      createSign('sha256').update(data).sign({
        key: keys!.privateKey.toString(),
        dsaEncoding: 'ieee-p1363',
      });
    const settings = {
      alg: 'es256',
      certs,
      reserveSize: 10_000,
      directCoseHandling: false,
    } as const;
    const remote = peer!.CallbackSigner.newSigner(settings, sign);
    const signed = await signCredentials(await encodeImage(pixels), edit({ signer: remote }));
    expect((await read(signed, 'image/png')).state).toBe('Valid');
  });

  it('refuses what cannot be signed', async () => {
    const file = await encodeImage(pixels);
    const refusal = (code: string, message: RegExp) =>
      expect.objectContaining({ code, message: expect.stringMatching(message) });
    for (const [options, message] of [
      [{ type: 'image/bmp' }, /one of image\/png, .* for type/],
      [{ provenance: 'real' }, /for provenance/],
      [{ original: undefined }, /the photo before the edit for original/],
      [{ signer: {} }, /a signer for signer/],
    ] as const) {
      await expect(signCredentials(file, edit(options))).rejects.toThrow(
        refusal('ARGUMENT_INVALID', message),
      );
    }
    await expect(signCredentials('x' as never, edit())).rejects.toThrow(/Uint8Array for file/);
    const wrong = edit({ type: 'image/jpeg' });
    await expect(signCredentials(file, wrong)).rejects.toThrow(
      refusal('SIGNING_FAILED', /^The image\/jpeg cannot be signed: /),
    );
  });
});

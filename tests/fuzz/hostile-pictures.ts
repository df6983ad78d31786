import { crc32, deflateSync, gzipSync } from 'node:zlib';
import { type Mutant, named } from './mutate.js';

const MEGABYTE = 1 << 20;

/**
 * Files made to do harm: decompression bombs, programs that call themselves pictures, files that are
 * two things at once, headers that promise too much.
 * @param jpeg - A sound one, for the polyglots.
 */
export function hostilePictures(jpeg: Uint8Array): readonly Mutant[] {
  return [
    named('nothing', new Uint8Array()),
    named('one byte', Uint8Array.of(0xff)),
    ...svgs(),
    ...documents(),
    ...pngBombs(),
    ...promises(),
    ...polyglots(jpeg),
    named('half a JPEG', jpeg.subarray(0, jpeg.length >> 1)),
    named('a JPEG of headers only', Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)),
    named('endless JPEG markers', concat(Uint8Array.of(0xff, 0xd8), fill(MEGABYTE, 0xff))),
    named(
      'JPEG segments of length 0',
      concat(jpeg.subarray(0, 2), repeat([0xff, 0xe1, 0, 0], 999)),
    ),
    named('zeros', new Uint8Array(MEGABYTE)),
  ];
}

function svgs(): Mutant[] {
  const svg = (inner: string, before = ''): string =>
    `${before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="64" height="64">${inner}</svg>`;
  const entities = Array.from(
    { length: 12 },
    (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`,
  ).join('');
  const laughs = `<!DOCTYPE svg [<!ENTITY e0 "ha">${entities}]>`;
  const reader = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
  return [
    named('SVG with a script', text(svg('<script>fetch("https://evil.invalid")</script>'))),
    named('SVG of a billion laughs', text(svg('<text>&e12;</text>', laughs))),
    named('SVG that reads a file', text(svg('<text>&x;</text>', reader))),
    named('SVG that fetches', text(svg('<image xlink:href="https://evil.invalid/a.png"/>'))),
    named('SVG that holds itself', text(svg('<g id="a"><use xlink:href="#a"/></g>'))),
    named(
      'SVG of a billion pixels',
      text('<svg xmlns="http://www.w3.org/2000/svg" width="99999" height="99999"/>'),
    ),
    named('packed SVG', gzipSync(svg('<script>1</script>'))),
    named('SVG behind a comment', text(`<!-- ${'x'.repeat(500)} -->${svg('')}`)),
  ];
}

function documents(): Mutant[] {
  return [
    named('HTML', text('<!doctype html><script>alert(1)</script>')),
    named('PDF', text('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF')),
    named('PostScript', text('%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) (r) file\n')),
    named('a shell script', text('#!/bin/sh\nrm -rf "$HOME"\n')),
    named('a ZIP', Uint8Array.of(0x50, 0x4b, 5, 6, ...Array<number>(18).fill(0))),
    named('an MVG program', text('push graphic-context\nimage over 0,0 0,0 "|ls"\n')),
    named('a CSV that libvips could read', text('1,2,3\n4,5,6\n')),
    named('a PPM of a billion pixels', text('P6\n100000 100000\n255\n')),
    named('a vips file', concat(Uint8Array.of(0x08, 0xf2, 0xa6, 0xb6), new Uint8Array(60))),
    named('an HDR picture', text('#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 99999 +X 99999\n')),
  ];
}

/** Files of some kilobytes that ask for gigabytes. */
function pngBombs(): Mutant[] {
  const zeros = deflateSync(new Uint8Array(64 * MEGABYTE), { level: 9 });
  const small = { width: 8, height: 8, rows: deflateSync(new Uint8Array(8 * 25)) };
  return [
    named('PNG bomb of 10^10 pixels', png({ width: 100_000, height: 100_000, rows: zeros })),
    named('PNG of 2^31 - 1 rows', png({ width: 1, height: 0x7fffffff, rows: zeros })),
    named('PNG with 64 MB behind its rows', png({ ...small, rows: zeros })),
    named(
      'PNG with a packed text bomb',
      png({ ...small, extra: chunk('zTXt', concat(text('Comment\0\0'), zeros)) }),
    ),
    named(
      'PNG with a profile bomb',
      png({ ...small, extra: chunk('iCCP', concat(text('icc\0\0'), zeros)) }),
    ),
    named(
      'PNG with 9,999 text chunks',
      png({
        ...small,
        extra: concat(...Array<Uint8Array>(9999).fill(chunk('tEXt', text('k\0v')))),
      }),
    ),
    named('PNG without rows', png({ ...small, rows: new Uint8Array() })),
    named('PNG of no size', png({ ...small, width: 0 })),
  ];
}

/** Headers of pictures that no memory could hold. */
function promises(): Mutant[] {
  const gif = Buffer.from(
    'GIF89a\xff\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x02D\x01\x00;',
    'latin1',
  );
  const webp = Buffer.alloc(34);
  webp.write('RIFF', 0, 'latin1');
  webp.writeUInt32LE(26, 4);
  webp.write('WEBPVP8X', 8, 'latin1');
  webp.writeUInt32LE(10, 16);
  webp.fill(0xff, 24, 30);
  const tiff = Buffer.from('II*\0\x08\0\0\0\x04\0', 'latin1');
  const tag = (id: number, value: number): Buffer => {
    const field = Buffer.alloc(12);
    field.writeUInt16LE(id, 0);
    field.writeUInt16LE(4, 2);
    field.writeUInt32LE(1, 4);
    field.writeUInt32LE(value, 8);
    return field;
  };
  const directory = concat(tag(256, 0x7fffffff), tag(257, 0x7fffffff), tag(273, 8), tag(279, 8));
  const circle = concat(
    Buffer.from('II*\0\x08\0\0\0\x01\0', 'latin1'),
    tag(256, 9),
    Uint8Array.of(8, 0, 0, 0),
  );
  return [
    named('GIF of 65535x65535', gif),
    named('WebP of 2^24 x 2^24', webp),
    named('TIFF of 2^31 x 2^31', concat(tiff, directory, new Uint8Array(4))),
    named('TIFF whose directories go in a circle', circle),
    named(
      'AVIF without items',
      concat(Uint8Array.of(0, 0, 0, 24), text('ftypavif'), new Uint8Array(64)),
    ),
  ];
}

/**
 * Headers of formats that browsers read, too large for any memory.
 * @param avif - A sound one of 48 px.
 */
export function browserPictures(avif: Uint8Array): readonly Mutant[] {
  const bitmap = Buffer.alloc(64);
  bitmap.write('BM', 0, 'latin1');
  bitmap.writeUInt32LE(54, 10);
  bitmap.writeUInt32LE(40, 14);
  bitmap.writeInt32LE(0x7fffffff, 18);
  bitmap.writeInt32LE(-0x7fffffff, 22);
  bitmap.writeUInt16LE(24, 28);
  const bomb = pngBombs()[0]!.bytes;
  const icon = Buffer.alloc(22);
  icon.set([0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 32, 0]);
  icon.writeUInt32LE(bomb.length, 14);
  icon.writeUInt32LE(icon.length, 18);
  const grown = Buffer.from(avif);
  const size = grown.indexOf('ispe', 0, 'latin1') + 8;
  grown.writeUInt32BE(60_000, size);
  grown.writeUInt32BE(60_000, size + 4);
  return [
    named('BMP of 2^31 x 2^31', bitmap),
    named('an icon that holds a PNG bomb', concat(icon, bomb)),
    named('AVIF of 60000x60000', grown),
    named('JPEG XL without a picture', Uint8Array.of(0xff, 0x0a, 0xff, 0x07, 8, 0x83, 4)),
  ];
}

/** Two things at once: what a browser or a shell might take for a page, a script, an archive. */
function polyglots(jpeg: Uint8Array): Mutant[] {
  const script = text('*/=1;/*<script>alert(document.domain)</script>*/');
  const comment = concat(Uint8Array.of(0xff, 0xfe, 0, script.length + 2), script);
  const zip = Uint8Array.of(0x50, 0x4b, 5, 6, ...Array<number>(18).fill(0));
  return [
    named('JPEG and script', concat(jpeg.subarray(0, 2), comment, jpeg.subarray(2))),
    named('JPEG and ZIP', concat(jpeg, zip)),
    named('JPEG behind HTML', concat(text('<html>'), jpeg)),
    named('GIF and script', text('GIF89a=1;alert(1)//')),
    named('JPEG and SVG', concat(jpeg, text('<svg xmlns="http://www.w3.org/2000/svg"/>'))),
  ];
}

interface PngParts {
  readonly width: number;
  readonly height: number;
  readonly rows: Uint8Array;
  readonly extra?: Uint8Array;
}

function png({ width, height, rows, extra = new Uint8Array() }: PngParts): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const end = chunk('IEND', new Uint8Array());
  return concat(signature, chunk('IHDR', header), extra, chunk('IDAT', rows), end);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = concat(text(type), data);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return concat(length, body, checksum);
}

function text(characters: string): Uint8Array {
  return new TextEncoder().encode(characters);
}

function fill(length: number, value: number): Uint8Array {
  return new Uint8Array(length).fill(value);
}

function repeat(values: readonly number[], times: number): Uint8Array {
  return Uint8Array.from({ length: values.length * times }, (_, i) => values[i % values.length]!);
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

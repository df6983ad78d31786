import { join } from 'node:path';
import sharp from 'sharp';
import { execute, type Project } from './project.js';

/** Photos that the pages speak of: faces that nobody has, each in a larger picture. */
export async function makePhotos({ directory }: Project): Promise<void> {
  const bin = join(directory, 'node_modules', '.bin', 'facemorph');
  const { code, stderr } = await execute(
    bin,
    ['sample', '-n', '2', '--seed', '7', '-o', 'faces/'],
    directory,
  );
  if (code !== 0) throw new Error(stderr);
  for (const [i, name] of ['photo.jpg', 'a.jpg', 'b.jpg'].entries()) {
    const face = await sharp(join(directory, 'faces', `face-${(i % 2) + 1}.png`))
      .resize(256)
      .toBuffer();
    await sharp({ create: { width: 480, height: 400, channels: 3, background: '#8a9aa8' } })
      .composite([{ input: face, left: 112, top: 72 }])
      .jpeg()
      .toFile(join(directory, name));
  }
}

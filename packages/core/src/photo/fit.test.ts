import { describe, expect, it } from 'vitest';
import { createDensity } from '../latent/density.js';
import { addScaled } from '../latent/latent.js';
import { createRandom } from '../latent/random.js';
import { createFakeAttributes } from '../testing/fake-attributes.js';
import { loadToy, samplePicture } from '../testing/load-toy.js';
import { fitOf } from './fit.js';

const { latent } = createFakeAttributes();
const { mean, covariance, size } = latent;
const density = createDensity(mean, covariance);

describe('fitOf', () => {
  it('falls as a latent leaves the typical', () => {
    const face = density.sample(createRandom(4), 1);
    const fits = [0, 1, 1.5, 2, 3].map((factor) => {
      const away = face.map((value, i) => (value - mean[i]!) * factor);
      return fitOf(latent, addScaled(mean, away));
    });
    expect(fits).toEqual([...fits].sort((a, b) => b - a));
    expect(fits[0]).toBeCloseTo(1, 6);
    expect(fits[3]).toBeLessThan(0.02);
  });

  it('is the share of faces that are less typical, by the numbers of the file', () => {
    const random = createRandom(9);
    const own = { ...latent, typicality: { mean: 0, deviation: Math.sqrt(2 / size) } };
    const fits = Array.from({ length: 60 }, () => fitOf(own, density.sample(random, 1)));
    const below = (limit: number): number => fits.filter((fit) => fit < limit).length / fits.length;
    expect(below(0.5)).toBeGreaterThan(0.3);
    expect(below(0.5)).toBeLessThan(0.7);
    expect(below(0.01)).toBeLessThan(0.1);
  });

  it('is told with the photo', async () => {
    const { fm } = await loadToy();
    const good = await fm.open(await samplePicture(fm), { aligned: true });
    expect(good.face.quality!.fit).toBeGreaterThan(0.5);
    expect(good.warnings.map(({ code }) => code)).not.toContain('POOR_FIT');
    const noise = await samplePicture(fm);
    const random = createRandom(2);
    for (let i = 0; i < noise.data.length; i += 64) {
      noise.data.fill(random.uniform() > 0.5 ? 255 : 0, i, i + 64);
    }
    const bad = await fm.open(noise, { aligned: true });
    expect(bad.face.quality!.fit).toBeLessThan(0.02);
    expect(bad.warnings).toContainEqual(expect.objectContaining({ code: 'POOR_FIT' }));
  });
});

import { version } from 'react';
import { expect, it } from 'vitest';

it('is tested under the React that the run is named after', () => {
  expect(version.split('.')[0]).toBe(process.env.FACEMORPH_REACT ?? '19');
});

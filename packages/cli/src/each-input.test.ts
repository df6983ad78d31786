import { FaceMorphError } from '@facemorph/core';
import { expect, it } from 'vitest';
import { eachInput } from './each-input.js';
import { named } from './input.js';

const jobs = ['a.jpg', 'b.jpg'].map((input) => ({ input, output: '-' }));
const refuse = (): never => {
  throw new FaceMorphError('ARGUMENT_INVALID', 'Out of reach');
};

it('goes on after an argument that is wrong for one input, and names it', async () => {
  const work = async (input: string) => (input === 'a.jpg' ? named(input, refuse) : {});
  const { outcomes, failures } = await eachInput(jobs, ({ input }) => work(input));
  expect(failures).toEqual(['facemorph: a.jpg: Out of reach']);
  expect(outcomes).toMatchObject([{ error: { exitCode: 1 } }, { input: 'b.jpg' }]);
});

it('ends at one that is wrong for all', async () => {
  await expect(eachInput(jobs, async () => refuse())).rejects.toThrow('Out of reach');
});

import type { HeadlineSpec } from '@facemorph/react';

/** What people reach for first, in the order of the seed of this project. */
export const headlines: readonly HeadlineSpec[] = [
  { title: 'Hair colour', names: ['blond_hair', 'brown_hair', 'black_hair', 'gray_hair'] },
  { title: 'Facial hair', names: ['beard', 'mustache', 'goatee'] },
  { title: 'Smile', names: ['smiling'] },
  { title: 'Gaze', names: ['gaze', 'yaw', 'pitch'] },
];

import type { Command } from '../command.js';
import { attributesList } from './attributes-list.js';
import { attributesShow } from './attributes-show.js';
import { decode } from './decode.js';
import { doctor } from './doctor.js';
import { edit } from './edit.js';
import { encode } from './encode.js';
import { learn } from './learn.js';
import { locate } from './locate.js';
import { morph } from './morph.js';
import { sample } from './sample.js';
import { serve } from './serve.js';

/** All commands, in the order of the help. */
export const commands: readonly Command[] = [
  edit,
  locate,
  sample,
  morph,
  encode,
  decode,
  learn,
  attributesList,
  attributesShow,
  serve,
  doctor,
];

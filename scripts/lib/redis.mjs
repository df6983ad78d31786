import { ensureTool, findTool } from './tool.mjs';

/** @type {import('./tool.mjs').Tool} */
const redis = {
  variable: 'FACEMORPH_REDIS',
  names: ['redis-server'],
  debian: 'redis-server',
};

/** The redis-server that is installed here. */
export const findRedis = () => findTool(redis);

/** The same; CI installs it. */
export const ensureRedis = () => ensureTool(redis);

import { ensureTool } from './tool.mjs';

/** The exiftool that is installed here; CI installs it. */
export const ensureExiftool = () =>
  ensureTool({
    variable: 'FACEMORPH_EXIFTOOL',
    names: ['exiftool', 'exiftool.exe'],
    debian: 'libimage-exiftool-perl',
  });

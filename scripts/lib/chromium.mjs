import { ensureTool, findTool } from './tool.mjs';

/** @type {import('./tool.mjs').Tool} */
const chromium = {
  variable: 'FACEMORPH_CHROMIUM',
  names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'],
  elsewhere: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
  debian: 'chromium',
};

/** A Chromium that is installed here. */
export const findChromium = () => findTool(chromium);

/** The same; CI installs it. */
export const ensureChromium = () => ensureTool(chromium);

/** Entry of the Worker that decodes or encodes one large picture. */
import { type PicturePort, servePicture } from './image/worker/host.js';

servePicture(globalThis as unknown as PicturePort);

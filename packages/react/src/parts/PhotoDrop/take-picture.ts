import { FaceMorphError } from '@facemorph/core';

/** The middle square of what a video shows, mirrored as in a mirror, as a PNG. */
export function takePicture(video: HTMLVideoElement): Promise<File> {
  const side = Math.min(video.videoWidth, video.videoHeight);
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext('2d');
  context?.setTransform(-1, 0, 0, 1, side, 0);
  const [left, top] = [(video.videoWidth - side) / 2, (video.videoHeight - side) / 2];
  context?.drawImage(video, left, top, side, side, 0, 0, side, side);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(new File([blob], 'camera.png', { type: 'image/png' }));
      else reject(new FaceMorphError('IMAGE_INVALID', 'The camera gave no picture'));
    }, 'image/png');
  });
}

/** Means over two seeds of `ablation.json` beside the weights: PSNR in dB, variance of the Laplacian beside the photos'. */
export const numbers = {
  A0: { psnr: 22.7, msssim: 0.848, sharpness: 0.09 },
  A2: { psnr: 22.3, msssim: 0.868, sharpness: 0.13 },
  A3: { psnr: 22.6, msssim: 0.867, sharpness: 0.12 },
};

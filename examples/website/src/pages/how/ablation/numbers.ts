/** Means over two seeds of `ablation.json` beside the weights: PSNR in dB, variance of the Laplacian beside the photos'. */
export const numbers = {
  A0: { psnr: 22.8, msssim: 0.854, sharpness: 0.08 },
  A2: { psnr: 22.3, msssim: 0.868, sharpness: 0.11 },
  A3: { psnr: 22.6, msssim: 0.868, sharpness: 0.1 },
};

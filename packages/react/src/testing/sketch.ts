/** What is drawn, in standard deviations, and a few numbers that make one face differ from another. */
export interface SketchTraits {
  readonly scores: Readonly<Record<string, number>>;
  readonly skin: number;
  readonly backdrop: number;
  readonly clothes: number;
  readonly width: number;
}

type Colour = readonly [number, number, number];

const SIZE = 128;
const INK: Colour = [52, 38, 40];
const WHITE: Colour = [252, 250, 246];

/**
 * A face as an illustrator would sketch it, 128x128 RGBA: stories show it in place of a real one.
 * Plain arithmetic over distances to shapes, so that it is the same on every machine.
 */
export function drawSketch({ scores, skin, backdrop, clothes, width }: SketchTraits): Uint8Array {
  const score = (name: string): number => Math.min(Math.max(scores[name] ?? 0, -3), 3);
  const [turn, smile, open] = [score('yaw'), score('smiling'), score('mouth_open')];
  const [male, beard, moustache] = [score('male'), score('beard'), score('mustache')];
  const [gaze, young, cheeks] = [score('gaze'), score('young'), score('high_cheekbones')];
  const glasses = share(4 * score('eyeglasses') - 4);

  const face: Colour = mix([255, 220, 190], [141, 90, 62], share(skin));
  const shade = mix(face, [96, 40, 30], 0.22);
  const blond = mix([56, 38, 34], [236, 198, 120], share(1.4 * score('blond_hair') - 0.8));
  const brown = mix(blond, [126, 76, 44], share(1.4 * score('brown_hair') - 0.8) * 0.8);
  const hair = mix(brown, [206, 206, 208], share(-young - 1.4) * 0.85);
  const wall = mix([214, 226, 236], [244, 214, 196], share(backdrop));
  const cloth = mix([58, 92, 128], [176, 84, 72], share(clothes));
  const blush = mix(face, [232, 96, 88], 0.45);

  // The features move further than the head: that is how a turn shows.
  const headX = 64 + turn * 1.2;
  const x0 = headX + turn * 3.2;
  const look = gaze * 1.3 + turn * 0.5;
  const jaw = 31 + male * 0.9 + width;
  const eyeY = 58;
  const mouthY = 93;
  const bend = smile * 2.6;
  const gap = Math.max(0, open * 1.4 + 0.4);
  const long = share(-male) * 34;

  const data = new Uint8Array(SIZE * SIZE * 4);
  for (let row = 0; row < SIZE; row++) {
    for (let column = 0; column < SIZE; column++) {
      const [x, y] = [column + 0.5, row + 0.5];
      const side = Math.abs(x - x0);
      let colour = mix(wall, WHITE, 0.4 * share((64 - y) / 30));
      const paint = (over: Colour, distance: number, opacity = 1): void => {
        if (distance < 0.5) colour = mix(colour, over, Math.min(0.5 - distance, 1) * opacity);
      };

      paint(hair, ellipse(x, y, headX, 60 + long / 2, 43, 50 + long / 2));
      paint(cloth, ellipse(x, y, 64, 156, 60, 38));
      paint(shade, ellipse(x, y, headX, 116, 14, 20));
      paint(shade, ellipse(Math.abs(x - headX), y, jaw + 1, 68, 5, 8));
      const head = ellipse(x, y, headX, 70, jaw + 2, 46);
      paint(face, head);
      const cap = Math.max(ellipse(x, y, headX, 60, 42, 46), -ellipse(x, y, x0 + 3, 82, 33, 46));
      const chin = Math.max(head, -ellipse(x, y, x0, 66, 27, 30));
      paint(mix(hair, face, 0.15), chin, share(3 * beard - 2.5) * 0.9);
      paint(hair, cap);

      const dx = x - x0;
      paint(blush, ellipse(side, y, 18, 78, 8, 5), 0.5 + 0.15 * cheeks);
      const white = ellipse(side, y, 16, eyeY, 7.4, 4.6 + open * 0.2);
      paint(WHITE, white);
      const iris = Math.min(
        ellipse(dx, y, 16 + look, eyeY, 3.6, 3.6),
        ellipse(dx, y, -16 + look, eyeY, 3.6, 3.6),
      );
      paint(INK, Math.max(iris, white));
      paint(INK, line(side - 16, y - eyeY + 4.6, 8, 1.5, 1.1));
      paint(mix(hair, INK, 0.4), line(side - 16, y - 47 + male * 0.3, 9, 2.2, 1.5 + male * 0.3));
      paint(shade, line(dx - 1, y - 78, 5, -2.2, 1.1));
      const folds = share(-young - 0.6) * 0.8;
      paint(shade, line(dx, y - 38, 14, 1, 0.8), folds);
      paint(shade, line(side - 16, y - 68, 6, -1.5, 0.7), folds);

      paint(hair, line(dx, y - 86, 12, 1.5, 3), share(3 * moustache - 3));
      const mouth = line(dx, y - mouthY - bend * 0.5, 13, -bend, gap + 1.6);
      paint(mix(INK, [170, 52, 56], 0.6), mouth);
      paint(WHITE, line(dx, y - mouthY - bend * 0.5 + 1, 11, -bend, gap - 0.6), 0.95);
      const rim = Math.abs(ellipse(side, y, 16, eyeY + 1, 12, 10)) - 1.1;
      paint(INK, Math.min(rim, line(dx, y - eyeY, 5, 1, 1)), glasses);

      const at = (row * SIZE + column) * 4;
      data.set(colour, at);
      data[at + 3] = 255;
    }
  }
  return data;
}

/** About the distance to an ellipse in px, negative inside. */
function ellipse(x: number, y: number, cx: number, cy: number, rx: number, ry: number): number {
  const [u, v] = [(x - cx) / rx, (y - cy) / ry];
  return (Math.sqrt(u * u + v * v) - 1) * Math.min(rx, ry);
}

/** About the distance to an arc about 0: its half length, how far its middle rises above its ends. */
function line(x: number, y: number, half: number, rise: number, thickness: number): number {
  const along = Math.min(Math.max(x / half, -1), 1);
  const height = -rise * (1 - along * along);
  const [dx, dy] = [x - along * half, y - height];
  return Math.sqrt(dx * dx + dy * dy) - thickness;
}

function mix(a: Colour, b: Colour, amount: number): Colour {
  const part = Math.min(Math.max(amount, 0), 1);
  return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part, a[2] + (b[2] - a[2]) * part];
}

/** 0..1, half at 0. */
function share(value: number): number {
  return 1 / (1 + Math.exp(-1.6 * value));
}

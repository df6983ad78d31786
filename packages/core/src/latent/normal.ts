/**
 * The inverse of the standard normal distribution function, Wichura's AS 241 (PPND16), accurate to
 * about 16 digits. It uses only + - * / and the square root, which IEEE 754 rounds exactly: the
 * same bits on every engine, which `Math.log` and `Math.cos` do not promise.
 *
 * @param p - Strictly between 0 and 1.
 */
export function inverseNormal(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(CENTRE.numerator, r)) / polynomial(CENTRE.denominator, r);
  }
  const tail = Math.sqrt(-naturalLog(q < 0 ? p : 1 - p));
  const [part, r] = tail <= 5 ? [MIDDLE, tail - 1.6] : [FAR, tail - 5];
  const value = polynomial(part.numerator, r) / polynomial(part.denominator, r);
  return q < 0 ? -value : value;
}

/**
 * The natural logarithm of a positive, normal number, to about 1 ulp: exact halving or doubling to
 * [1/sqrt 2, sqrt 2], then the series 2 (s + s^3/3 + s^5/5 + ...) with s = (x - 1) / (x + 1).
 */
export function naturalLog(value: number): number {
  let mantissa = value;
  let exponent = 0;
  for (; mantissa > Math.SQRT2; exponent++) mantissa /= 2;
  for (; mantissa < Math.SQRT1_2; exponent--) mantissa *= 2;
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let series = 0;
  for (let k = 25; k >= 3; k -= 2) series = (series + 1 / k) * square;
  return exponent * Math.LN2 + (2 * s + 2 * s * series);
}

interface Rational {
  /** From the highest power down. */
  readonly numerator: readonly number[];
  readonly denominator: readonly number[];
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

const CENTRE: Rational = {
  numerator: [
    2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4,
    4.5921953931549871457e4, 1.3731693765509461125e4, 1.9715909503065514427e3,
    1.3314166789178437745e2, 3.387132872796366608,
  ],
  denominator: [
    5.226495278852854561e3, 2.8729085735721942674e4, 3.930789580009271061e4,
    2.1213794301586595867e4, 5.3941960214247511077e3, 6.871870074920579083e2,
    4.2313330701600911252e1, 1,
  ],
};

const MIDDLE: Rational = {
  numerator: [
    7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.4178072517745061177e-1,
    1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959,
    1.42343711074968357734,
  ],
  denominator: [
    1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2,
    1.4810397642748007459e-1, 6.8976733498510000455e-1, 1.6763848301838038494,
    2.05319162663775882187, 1,
  ],
};

const FAR: Rational = {
  numerator: [
    2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.2426609473880784386e-3,
    2.6532189526576123093e-2, 2.9656057182850489123e-1, 1.7848265399172913358,
    5.4637849111641143699, 6.6579046435011037772,
  ],
  denominator: [
    2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
    7.868691311456132591e-4, 1.48753612908506148525e-2, 1.3692988092273580531e-1,
    5.9983220655588793769e-1, 1,
  ],
};

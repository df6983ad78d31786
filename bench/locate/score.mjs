/** @typedef {readonly (readonly [number, number])[]} Points Five landmarks, px. */
/** @typedef {{ group: string, faces: readonly Points[], found: readonly Points[] }} Looked One picture, and what was found in it. */
/** @typedef {{ faces: number, recall: number, nme: { median: number, p95: number } }} Score */

/** A face that was found is one that is there if its landmarks lie no further off than this. */
const NEAR = 0.5;

/**
 * Landmark error as a share of the distance of the eyes; that of the mouth's corners, if it is
 * larger, decides whether two faces are one (a face in profile has its eyes close together).
 *
 * @param {Points} found
 * @param {Points} face
 * @returns {{ nme: number, isNear: boolean }}
 */
export function compare(found, face) {
  const off = face.reduce((sum, point, i) => sum + distance(point, found[i]) / face.length, 0);
  const eyes = distance(face[0], face[1]);
  return { nme: off / eyes, isNear: off < NEAR * Math.max(eyes, distance(face[3], face[4])) };
}

/**
 * Share of the faces found, and the landmark error of those.
 *
 * @param {readonly Looked[]} pictures
 * @returns {Score}
 */
export function score(pictures) {
  let faces = 0;
  /** @type {number[]} */
  const errors = [];
  for (const { faces: there, found } of pictures) {
    faces += there.length;
    for (const face of there) {
      const near = found.map((points) => compare(points, face)).filter(({ isNear }) => isNear);
      if (near.length > 0) errors.push(Math.min(...near.map(({ nme }) => nme)));
    }
  }
  errors.sort((a, b) => a - b);
  return {
    faces,
    recall: errors.length / faces,
    nme: { median: quantile(errors, 0.5), p95: quantile(errors, 0.95) },
  };
}

/**
 * Share of the pictures without a face in which one was found.
 *
 * @param {readonly Looked[]} pictures
 * @returns {number}
 */
export function falseAlarms(pictures) {
  const empty = pictures.filter(({ faces }) => faces.length === 0);
  return empty.filter(({ found }) => found.length > 0).length / empty.length;
}

/**
 * @param {readonly [number, number] | undefined} a
 * @param {readonly [number, number] | undefined} b
 * @returns {number}
 */
function distance(a, b) {
  if (!a || !b) throw new Error('A face has five landmarks');
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/**
 * @param {readonly number[]} sorted
 * @param {number} share
 * @returns {number}
 */
export function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

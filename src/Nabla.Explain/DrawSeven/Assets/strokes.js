// @ts-check
// From a pen's way over the pad to the pixels that the network sees.

/**
 * @typedef {{height: number, width: number, max: number, box: number, pen: number, byMass: boolean}} Picture
 * @typedef {[number, number][]} Stroke points from 0 to 1, from left to right and from top to bottom
 */

// Each pixel is measured at 4 x 4 places: its edge is smooth.
const SAMPLES = 4;

// A dot stays a dot: what is smaller than this part of the pad is not blown up to the whole box.
const SMALLEST_DRAWING = 0.12;

/**
 * The pixels of strokes, row by row, whole numbers from 0 to the full ink.
 * @param {Stroke[]} strokes
 * @param {Picture} picture
 */
function prepare(strokes, picture) {
  const pixels = new Float64Array(picture.height * picture.width);
  const points = strokes.flat();
  if (points.length === 0) {
    return pixels;
  }
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [px, py] of points) {
    [left, right] = [Math.min(left, px), Math.max(right, px)];
    [top, bottom] = [Math.min(top, py), Math.max(bottom, py)];
  }
  const scale = (picture.box - picture.pen) / Math.max(right - left, bottom - top, SMALLEST_DRAWING);
  const x = picture.width / 2 - (scale * (left + right)) / 2;
  const y = picture.height / 2 - (scale * (top + bottom)) / 2;
  const ink = rasterize(strokes, picture, scale, x, y);
  const [across, down] = picture.byMass ? toMiddle(ink, picture) : [0, 0];
  for (let row = 0; row < picture.height; row++) {
    for (let column = 0; column < picture.width; column++) {
      const from = [row - down, column - across];
      if (from[0] >= 0 && from[0] < picture.height && from[1] >= 0 && from[1] < picture.width) {
        pixels[row * picture.width + column] = Math.round(ink[from[0] * picture.width + from[1]] * picture.max);
      }
    }
  }
  return pixels;
}

/**
 * How many whole pixels the centre of mass is from the middle: to the right, and down.
 * @param {Float64Array} ink
 * @param {Picture} picture
 */
function toMiddle(ink, picture) {
  let mass = 0;
  let x = 0;
  let y = 0;
  for (let i = 0; i < ink.length; i++) {
    mass += ink[i];
    x += ink[i] * ((i % picture.width) + 0.5);
    y += ink[i] * (Math.floor(i / picture.width) + 0.5);
  }
  return mass > 0 ? [Math.round(picture.width / 2 - x / mass), Math.round(picture.height / 2 - y / mass)] : [0, 0];
}

/**
 * The share of each pixel that the pen covers.
 * @param {Stroke[]} strokes
 * @param {Picture} picture
 * @param {number} scale
 * @param {number} x
 * @param {number} y
 */
function rasterize(strokes, picture, scale, x, y) {
  const wide = picture.width * SAMPLES;
  const high = picture.height * SAMPLES;
  const covered = new Float64Array(wide * high);
  const radius = picture.pen / 2;
  for (const stroke of strokes) {
    for (let k = 0; k < stroke.length; k++) {
      const [ax, ay] = [stroke[Math.max(k - 1, 0)][0] * scale + x, stroke[Math.max(k - 1, 0)][1] * scale + y];
      const [bx, by] = [stroke[k][0] * scale + x, stroke[k][1] * scale + y];
      const length = (bx - ax) ** 2 + (by - ay) ** 2;
      const firstColumn = Math.max(0, Math.floor((Math.min(ax, bx) - radius - 1) * SAMPLES));
      const lastColumn = Math.min(wide - 1, Math.ceil((Math.max(ax, bx) + radius + 1) * SAMPLES));
      const firstRow = Math.max(0, Math.floor((Math.min(ay, by) - radius - 1) * SAMPLES));
      const lastRow = Math.min(high - 1, Math.ceil((Math.max(ay, by) + radius + 1) * SAMPLES));
      for (let row = firstRow; row <= lastRow; row++) {
        for (let column = firstColumn; column <= lastColumn; column++) {
          const [px, py] = [(column + 0.5) / SAMPLES, (row + 0.5) / SAMPLES];
          const along = length > 0 ? Math.min(1, Math.max(0, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length)) : 0;
          const away = Math.hypot(px - ax - along * (bx - ax), py - ay - along * (by - ay));
          const share = Math.min(1, Math.max(0, (radius - away) * SAMPLES + 0.5));
          if (share > covered[row * wide + column]) {
            covered[row * wide + column] = share;
          }
        }
      }
    }
  }
  const ink = new Float64Array(picture.height * picture.width);
  for (let i = 0; i < covered.length; i++) {
    const row = Math.floor(i / wide / SAMPLES);
    const column = Math.floor((i % wide) / SAMPLES);
    ink[row * picture.width + column] += covered[i] / SAMPLES ** 2;
  }
  return ink;
}

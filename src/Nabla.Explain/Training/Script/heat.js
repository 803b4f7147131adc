// @ts-check
// Numbers as colours: heat maps of weights. The player and the explain page draw with it.

/** Whether the page is being printed: paper is white. */
const paper = { isWhite: false };

function isDark() {
  return !paper.isWhite && matchMedia("(prefers-color-scheme: dark)").matches;
}

/** @returns {[number[], number[], number[]]} the colours of nothing, of more and of less */
function palette() {
  return isDark() ? [[27, 31, 38], [134, 183, 255], [255, 176, 116]] : [[255, 255, 255], [21, 83, 168], [156, 70, 0]];
}

/**
 * @param {ImageData} image
 * @param {number} x
 * @param {number} y
 * @param {number[]} colour
 */
function dot(image, x, y, colour) {
  const at = (y * image.width + x) * 4;
  [image.data[at], image.data[at + 1], image.data[at + 2], image.data[at + 3]] = [colour[0], colour[1], colour[2], 255];
}

/**
 * @param {number[]} from
 * @param {number[]} to
 * @param {number} share
 */
function mix(from, to, share) {
  return from.map((c, i) => Math.round(c + (to[i] - c) * share));
}

/**
 * Where each element of a weight stands in its picture. Units that look at a square picture are drawn as pictures.
 * @param {number[]} dims
 * @returns {{ width: number, height: number, at: (i: number) => [number, number] }}
 */
function plan(dims) {
  const columns = dims.length === 0 ? 1 : dims[dims.length - 1];
  const rows = dims.slice(0, -1).reduce((a, b) => a * b, 1);
  const side = Math.round(Math.sqrt(rows));
  if (rows >= 64 && side * side === rows && columns <= 100) {
    const across = Math.ceil(Math.sqrt(columns));
    const down = Math.ceil(columns / across);
    return {
      width: across * (side + 1) - 1,
      height: down * (side + 1) - 1,
      at: (i) => {
        const [pixel, unit] = [Math.floor(i / columns), i % columns];
        return [(unit % across) * (side + 1) + (pixel % side), Math.floor(unit / across) * (side + 1) + Math.floor(pixel / side)];
      },
    };
  }
  return { width: columns, height: rows, at: (i) => [i % columns, Math.floor(i / columns)] };
}

/**
 * A heat map: more is blue, less is orange, the largest is full.
 * @param {HTMLCanvasElement} canvas
 * @param {number[]} dims
 * @param {ArrayLike<number>} values
 */
function heat(canvas, dims, values) {
  const shape = plan(dims);
  [canvas.width, canvas.height] = [Math.max(1, shape.width), Math.max(1, shape.height)];
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = pen.createImageData(canvas.width, canvas.height);
  const [none, more, less] = palette();
  const largest = Array.from(values).filter(Number.isFinite).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  for (let i = 0; i < values.length; i++) {
    const [x, y] = shape.at(i);
    const value = values[i];
    dot(image, x, y, !Number.isFinite(value) ? [128, 128, 128] : mix(none, value < 0 ? less : more, largest > 0 ? Math.abs(value) / largest : 0));
  }
  pen.putImageData(image, 0, 0);
  return largest;
}

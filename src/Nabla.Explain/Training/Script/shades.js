// @ts-check
// Planes of values as colours.

/**
 * The value between four points of a grid.
 * @param {ArrayLike<number>} values
 * @param {number} size
 * @param {number} column
 * @param {number} row
 */
function between(values, size, column, row) {
  const [left, low] = [Math.min(size - 2, Math.floor(column)), Math.min(size - 2, Math.floor(row))];
  const [across, up] = [column - left, row - low];
  const at = low * size + left;
  return (values[at] * (1 - across) + values[at + 1] * across) * (1 - up) + (values[at + size] * (1 - across) + values[at + size + 1] * across) * up;
}

/**
 * A plane of numbers at the points of a grid, the first row at the bottom, the outer points on the border.
 * @param {HTMLCanvasElement} canvas
 * @param {Plane} plane
 * @param {ArrayLike<number>} values
 * @param {(value: number) => number[]} colourOf
 * @param {boolean} isSmooth whether there is something between the points; else each place has the value of the nearest one
 */
function paint(canvas, plane, values, colourOf, isSmooth) {
  const scale = 8;
  [canvas.width, canvas.height] = [plane.size * scale, plane.size * scale];
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = pen.createImageData(canvas.width, canvas.height);
  const last = plane.size - 1;
  for (let y = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++) {
      const [column, row] = [(x / (canvas.width - 1)) * last, (y / (canvas.height - 1)) * last];
      const value = isSmooth ? between(values, plane.size, column, row) : values[Math.round(row) * plane.size + Math.round(column)];
      dot(image, x, canvas.height - 1 - y, colourOf(value));
    }
  }
  pen.putImageData(image, 0, 0);
  return pen;
}

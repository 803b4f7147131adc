// @ts-check
// Small pictures of numbers: ink on paper, and heat maps with a colour for each sign.

/** @param {string} name */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/**
 * Paints a picture of numbers, one square a number; the page's style decides the size on the screen.
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} values
 * @param {number} width
 * @param {(value: number) => [string, number]} paint a colour's name and how strong it is, from 0 to 1
 */
function paintSquares(canvas, values, width, paint) {
  const height = Math.ceil(values.length / width);
  const cell = Math.max(1, Math.floor(280 / Math.max(width, height)));
  canvas.width = width * cell;
  canvas.height = height * cell;
  const context = canvas.getContext('2d');
  if (context === null) {
    return;
  }
  const colours = new Map();
  for (let i = 0; i < values.length; i++) {
    const [name, strength] = paint(values[i]);
    if (strength > 0) {
      if (!colours.has(name)) {
        colours.set(name, colour(name));
      }
      context.globalAlpha = Math.min(1, strength);
      context.fillStyle = colours.get(name);
      context.fillRect((i % width) * cell, Math.floor(i / width) * cell, cell, cell);
    }
  }
}

/** @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} pixels @param {number} width @param {number} max */
function paintInk(canvas, pixels, width, max) {
  paintSquares(canvas, pixels, width, (p) => ['--ink', p / max]);
}

/** Blue speaks for, orange against. @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} values @param {number} width */
function paintHeat(canvas, values, width) {
  const largest = largestSize(values) || 1;
  paintSquares(canvas, values, width, (v) => [v > 0 ? '--for' : '--against', Math.sqrt(Math.abs(v) / largest)]);
}

/**
 * Lets a reader ask a picture for its numbers, with the mouse or with the arrow keys.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 * @param {(row: number, column: number) => void} tell
 */
function askable(canvas, width, height, tell) {
  let [row, column] = [Math.floor(height / 2), Math.floor(width / 2)];
  canvas.tabIndex = 0;
  canvas.addEventListener('pointermove', (e) => {
    const box = canvas.getBoundingClientRect();
    row = Math.min(height - 1, Math.max(0, Math.floor(((e.clientY - box.top) / box.height) * height)));
    column = Math.min(width - 1, Math.max(0, Math.floor(((e.clientX - box.left) / box.width) * width)));
    tell(row, column);
  });
  canvas.addEventListener('focus', () => tell(row, column));
  canvas.addEventListener('keydown', (e) => {
    const move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[e.key];
    if (move) {
      e.preventDefault();
      row = Math.min(height - 1, Math.max(0, row + move[0]));
      column = Math.min(width - 1, Math.max(0, column + move[1]));
      tell(row, column);
    }
  });
}

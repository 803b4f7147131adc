// @ts-check
// What the model answers over two features.

const hues = [[21, 83, 168], [196, 98, 16], [29, 107, 53], [166, 27, 27], [98, 52, 156], [0, 120, 130], [150, 110, 0], [120, 120, 120], [190, 60, 120], [70, 70, 200]];

/**
 * A class's colour, lighter on a dark page.
 * @param {number} label
 */
function hue(label) {
  const own = hues[label % hues.length];
  return isDark() ? mix(own, [255, 255, 255], 0.45) : own;
}

/**
 * @param {Plane} plane
 * @param {HTMLCanvasElement} canvas
 * @param {number} x
 * @param {number} y
 * @returns {[number, number]}
 */
function on(plane, canvas, x, y) {
  return [((x - plane.left) / (plane.right - plane.left)) * canvas.width, canvas.height - ((y - plane.bottom) / (plane.top - plane.bottom)) * canvas.height];
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} run
 */
function drawBoundary(canvas, run) {
  const plane = /** @type {Plane} */ (replay.runs[run].boundary);
  const values = unpack(replay.snapshot(run).boundary, false);
  const [none, more, less] = palette();
  const labels = plane.points.filter((_, i) => i % 3 === 2);
  const [low, high] = plane.classes > 1 ? [0, 1] : [Math.min(...labels, 0), Math.max(...labels, 1)];
  const pen = paint(canvas, plane, values, (v) =>
    plane.classes > 1 ? mix(none, hue(v), 0.35) : !Number.isFinite(v) ? [128, 128, 128] : mix(none, v > (low + high) / 2 ? more : less, Math.min(0.6, (Math.abs(v - (low + high) / 2) / (high - low)) * 1.2)), false);
  for (let i = 0; i < plane.points.length; i += 3) {
    const [x, y] = on(plane, canvas, plane.points[i], plane.points[i + 1]);
    const label = plane.points[i + 2];
    const colour = plane.classes > 1 ? hue(label) : label > (low + high) / 2 ? more : less;
    pen.beginPath();
    pen.arc(x, y, 3.5, 0, 7);
    pen.fillStyle = `rgb(${colour.join(",")})`;
    pen.fill();
    pen.strokeStyle = `rgb(${none.join(",")})`;
    pen.stroke();
  }
}

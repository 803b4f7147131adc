// @ts-check
// The way down: the cost over two numbers to learn, and the steps on it.

/**
 * The two numbers of a run in a snapshot.
 * @param {Run} run
 * @param {Snapshot} snapshot
 */
function both(run, snapshot) {
  return snapshot.weights.flatMap((w, i) => Array.from(unpack(w, run.parameters[i].dType === "float64")));
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} run
 */
function drawContour(canvas, run) {
  const film = replay.runs[run];
  const plane = /** @type {Plane} */ (film.contour);
  const costs = Array.from(unpack(plane.values, false));
  const finite = costs.filter(Number.isFinite);
  const least = Math.min(...finite);
  const most = Math.log1p(Math.max(...finite) - least) || 1;
  const [none, more] = palette();

  // Steps of colour, so that lines of equal cost are seen.
  const pen = paint(canvas, plane, costs, (v) => (Number.isFinite(v) ? mix(none, more, (Math.floor((Math.log1p(v - least) / most) * 14) / 14) * 0.7) : [128, 128, 128]), true);
  const last = placeAt(film.snapshots, replay.iteration());
  const ink = getComputedStyle(document.documentElement).color;
  [pen.strokeStyle, pen.fillStyle, pen.lineWidth] = [ink, ink, 1.5];
  pen.beginPath();
  film.snapshots.slice(0, last + 1).forEach((s, i) => {
    const [x, y] = on(plane, canvas, .../** @type {[number, number]} */ (both(film, s)));
    if (i === 0) {
      pen.moveTo(x, y);
    } else {
      pen.lineTo(x, y);
    }
  });
  pen.stroke();
  const [beginX, beginY] = on(plane, canvas, .../** @type {[number, number]} */ (both(film, film.snapshots[0])));
  pen.beginPath();
  pen.arc(beginX, beginY, 5.5, 0, 7);
  pen.stroke();
  const [x, y] = on(plane, canvas, .../** @type {[number, number]} */ (both(film, film.snapshots[last])));
  pen.beginPath();
  pen.arc(x, y, 4.5, 0, 7);
  pen.fill();
}

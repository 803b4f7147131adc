// @ts-check
// The loss over the steps, linear or logarithmic.

const box = { width: 640, height: 260, left: 62, right: 14, top: 14, bottom: 34 };

/**
 * Round numbers from below the least to above the greatest, as the chart had before.
 * @param {number} low
 * @param {number} high
 */
function marksOf(low, high) {
  const least = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= least * 0.999) ?? NaN;
  const first = Math.floor(low / step);
  const count = Math.ceil(high / step) - first;
  return count >= 1 && count <= 12 ? Array.from({ length: count + 1 }, (_, i) => (first + i) * step) : [low, high];
}

/** Draws the loss again: linear or logarithmic, with a mark at the step that is shown. */
function drawLoss() {
  const svg = document.getElementById("loss-chart");
  if (!svg) {
    return;
  }
  const value = (/** @type {Snapshot} */ s) => (replay.isLog ? Math.log10(Number(s.loss)) : Number(s.loss));
  const all = replay.runs.flatMap((r) => r.snapshots.map(value)).filter(Number.isFinite);
  const [least, most] = all.length > 0 ? [Math.min(...all), Math.max(...all)] : [0, 1];
  const marks = marksOf(least, most > least ? most : least + Math.max(1e-9, Math.abs(least)));
  const [low, high] = [marks[0], marks[marks.length - 1]];
  const end = Math.max(1, replay.times[replay.times.length - 1]);
  const x = (/** @type {number} */ t) => box.left + (t / end) * (box.width - box.left - box.right);
  const y = (/** @type {number} */ v) => box.height - box.bottom - ((v - low) / (high - low)) * (box.height - box.top - box.bottom);
  /** @type {SVGElement[]} */
  const parts = [];
  const add = (/** @type {string} */ tag, /** @type {Record<string, string | number>} */ attributes, text = "") => parts.push(makeDrawn(tag, attributes, text));
  const title = svg.querySelector("title");
  for (const at of marks) {
    add("line", { class: "grid", x1: box.left, x2: box.width - box.right, y1: y(at), y2: y(at) });
    add("text", { class: "tick", x: box.left - 8, y: y(at) + 4, "text-anchor": "end" }, digits(replay.isLog ? 10 ** at : at, replay.isLog ? 2 : 4));
  }
  add("text", { class: "tick", x: box.left, y: box.height - box.bottom + 18 }, "0");
  add("text", { class: "tick", x: box.width - box.right, y: box.height - box.bottom + 18, "text-anchor": "end" }, end.toLocaleString("en"));
  replay.runs.forEach((run, i) => {
    let path = "";
    let open = false;
    for (const s of run.snapshots) {
      const v = value(s);
      path += Number.isFinite(v) ? `${open ? "L" : "M"}${x(s.iteration).toFixed(1)} ${y(v).toFixed(1)}` : "";
      open = Number.isFinite(v);
    }
    add("path", { class: `curve style-${i}`, d: path });
    const now = replay.snapshot(i);
    if (Number.isFinite(value(now))) {
      add("circle", { class: "dot", cx: x(now.iteration), cy: y(value(now)), r: 4 });
    }
  });
  add("line", { class: "cursor", x1: x(replay.iteration()), x2: x(replay.iteration()), y1: box.top, y2: box.height - box.bottom });
  svg.replaceChildren(...(title ? [title] : []), ...parts);
}

// @ts-check
// The loss over the steps, linear or logarithmic. The twin of the page's maker, which drew it before the script ran.

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

/**
 * A training's losses, and the place among them that is shown.
 * @typedef {{ steps: ArrayLike<number>, losses: ArrayLike<number>, now: number }} Descent
 */

/**
 * Draws the losses of trainings again: linear or logarithmic, with a mark at the step that is shown.
 * @param {Element} svg
 * @param {Descent[]} descents
 * @param {number} step
 * @param {boolean} isLog
 */
function drawLosses(svg, descents, step, isLog) {
  const value = (/** @type {number} */ loss) => (isLog ? Math.log10(loss) : loss);
  const all = descents.flatMap((d) => Array.from(d.losses, value)).filter(Number.isFinite);
  const [least, most] = all.length > 0 ? [Math.min(...all), Math.max(...all)] : [0, 1];
  const marks = marksOf(least, most > least ? most : least + Math.max(1e-9, Math.abs(least)));
  const [low, high] = [marks[0], marks[marks.length - 1]];
  const end = Math.max(1, ...descents.map((d) => d.steps[d.steps.length - 1]));
  const x = (/** @type {number} */ t) => box.left + (t / end) * (box.width - box.left - box.right);
  const y = (/** @type {number} */ v) => box.height - box.bottom - ((v - low) / (high - low)) * (box.height - box.top - box.bottom);
  /** @type {SVGElement[]} */
  const parts = [];
  const add = (/** @type {string} */ tag, /** @type {Record<string, string | number>} */ attributes, text = "") => parts.push(makeDrawn(tag, attributes, text));
  const title = svg.querySelector("title");
  for (const at of marks) {
    add("line", { class: "grid", x1: box.left, x2: box.width - box.right, y1: y(at), y2: y(at) });
    add("text", { class: "tick", x: box.left - 8, y: y(at) + 4, "text-anchor": "end" }, digits(isLog ? 10 ** at : at, isLog ? 2 : 4));
  }
  for (const at of marksOf(0, end).filter((v) => v <= end && Number.isInteger(v))) {
    add("text", { class: "tick", x: x(at), y: box.height - box.bottom + 18, "text-anchor": at === 0 ? "start" : at === end ? "end" : "middle" }, at.toLocaleString("en"));
  }
  add("text", { class: "tick across", x: box.width - box.right, y: box.height - 4, "text-anchor": "end" }, "steps");
  descents.forEach(({ steps, losses, now }, i) => {
    let path = "";
    let open = false;
    Array.from(losses, value).forEach((v, place) => {
      path += Number.isFinite(v) ? `${open ? "L" : "M"}${x(steps[place]).toFixed(1)} ${y(v).toFixed(1)}` : "";
      open = Number.isFinite(v);
    });
    add("path", { class: `curve style-${i}`, d: path });
    if (Number.isFinite(value(losses[now]))) {
      add("circle", { class: "dot", cx: x(steps[now]), cy: y(value(losses[now])), r: 4 });
    }
  });
  add("line", { class: "cursor", x1: x(step), x2: x(step), y1: box.top, y2: box.height - box.bottom });
  svg.replaceChildren(...(title ? [title] : []), ...parts);
}

/**
 * Switches between a linear and a logarithmic loss.
 * @param {(isLog: boolean) => void} act
 */
function logSwitch(act) {
  const made = make("button", { id: "log", type: "button", "aria-pressed": "false", "aria-label": "Logarithmic loss" }, "Logarithmic");
  made.addEventListener("click", () => {
    const isLog = made.getAttribute("aria-pressed") === "false";
    made.setAttribute("aria-pressed", String(isLog));
    act(isLog);
  });
  return made;
}

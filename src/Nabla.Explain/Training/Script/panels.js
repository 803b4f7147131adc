// @ts-check
// All that is shown of a snapshot, a panel for each view.

// More numbers than these are not listed one by one.
const mostRates = 12;

// Fewer values than these have no spread to look at.
const fewestSpread = 8;

/**
 * A field of values with round numbers along its sides, and what they count.
 * @param {HTMLCanvasElement} field
 * @param {Plane} plane
 * @param {Node | string} across
 * @param {Node | string} up
 */
function framed(field, plane, across, up) {
  const inner = make("div", { class: "field" }, field);
  for (const [side, edge, low, high] of /** @type {[string, string, number, number][]} */ ([["below", "left", plane.left, plane.right], ["beside", "bottom", plane.bottom, plane.top]])) {
    for (const at of marksOf(low, high).filter((v) => v >= low && v <= high)) {
      inner.append(make("span", { class: `mark ${side}`, style: `${edge}: ${((100 * (at - low)) / (high - low)).toFixed(2)}%` }, brief(at)));
    }
  }
  return make("div", { class: "framed" }, make("span", { class: "up" }, up), inner, make("span", { class: "along" }, across));
}

/**
 * How wide a map is drawn: no cell larger than a thumb, no map taller than a hand.
 * @param {HTMLCanvasElement} map
 */
function fit(map) {
  const tallest = map.height > 24 ? 20 : 9;
  map.style.width = `min(100%, ${((tallest * map.width) / map.height).toFixed(2)}rem, ${(2.6 * map.width).toFixed(1)}rem)`;
}

/**
 * The views of one run that there are.
 * @param {number} r
 */
function panelsOf(r) {
  const run = replay.runs[r];
  const now = replay.snapshot(r);
  const grid = make("div", { class: "panels" });
  if (run.boundary) {
    const plane = canvas(`What the model answers over both features after ${now.iteration} steps`, "smooth");
    grid.append(panel("What it answers", ["Dots are samples of the probe, in the colour of their label."], framed(plane, run.boundary, "first feature", "second feature")));
    drawBoundary(plane, r);
  }
  if (run.contour) {
    const numbers = run.parameters.flatMap((p) => (p.dims.reduce((a, b) => a * b, 1) > 1 ? [`${p.name} 1`, `${p.name} 2`] : [p.name]));
    const plane = canvas(`The cost over both parameters and the way to step ${now.iteration}`, "smooth");
    grid.append(panel("The way down", [`The cost over both numbers, ${isDark() ? "darker" : "lighter"} is lower. The ring is where the training began, the dot where it is.`], framed(plane, run.contour, drawn(numbers[0]), drawn(numbers[1]))));
    drawContour(plane, r);
  }
  const count = run.parameters.reduce((sum, p) => sum + p.dims.reduce((a, b) => a * b, 1), 0);
  if (count <= mostRates) {
    const rates = panel("A rate for each number", [`The optimizer's next step divided by the gradient, beside its α of ${digits(now.learningRate)}.`], rateTable(r));
    rates.classList.add("broad");
    grid.append(rates);
  }
  run.parameters.forEach((_, p) => grid.append(parameterPanel(r, p)));
  return grid;
}

/**
 * A weight's values, gradients and rates as heat maps, and how its values are spread.
 * @param {number} r
 * @param {number} p
 */
function parameterPanel(r, p) {
  const parameter = replay.runs[r].parameters[p];
  const maps = make("div", { class: "maps" });
  for (const [kind, word] of /** @type {[Kind, string][]} */ ([["weights", "value"], ["gradients", "gradient"], ["rates", "rate"]])) {
    const values = replay.values(r, p, kind);
    const map = canvas(`${word} of ${parameter.name}: ${range(values)}`);
    heat(map, parameter.dims, values);
    fit(map);
    maps.append(make("div", {}, make("span", {}, word), map, make("span", {}, range(values))));
  }
  const weights = replay.values(r, p, "weights");
  const shape = parameter.dims.length > 0 ? parameter.dims.join(" × ") : "one number";
  return panel(parameter.name, [`${parameter.path}, ${shape}`], maps, ...(weights.length >= fewestSpread ? [bars(weights)] : []));
}

/** Draws everything at the step that is shown. */
function draw() {
  drawLoss();
  byId("panels").replaceChildren(make("div", { class: "runs" }, ...replay.runs.map((run, r) => make("div", {},
    ...(replay.runs.length > 1 ? [make("h2", {}, `${"AB"[r]}: ${run.title}, ${run.optimizer}, seed ${run.seed}`)] : []),
    panelsOf(r)))));
  showPlace();
}

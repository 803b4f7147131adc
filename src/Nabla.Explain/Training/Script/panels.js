// @ts-check
// All that is shown of a snapshot, a panel for each view.

// More numbers than these are not listed one by one.
const mostRates = 12;

// Fewer values than these have no spread to look at.
const fewestSpread = 8;

/** @param {number} from @param {number} to */
function span(from, to) {
  return `from ${brief(from)} to ${brief(to)}`;
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
    grid.append(panel("What it answers", [`The first feature across, ${span(run.boundary.left, run.boundary.right)}; the second up, ${span(run.boundary.bottom, run.boundary.top)}; dots are samples of the probe.`], plane));
    drawBoundary(plane, r);
  }
  if (run.contour) {
    const numbers = run.parameters.flatMap((p) => (p.dims.reduce((a, b) => a * b, 1) > 1 ? [`${p.name} 1`, `${p.name} 2`] : [p.name]));
    const plane = canvas(`The cost over both parameters and the way to step ${now.iteration}`, "smooth");
    grid.append(panel("The way down", [`The cost, ${isDark() ? "darker" : "lighter"} is lower: `, drawn(numbers[0]), ` across, ${span(run.contour.left, run.contour.right)}; `, drawn(numbers[1]), ` up, ${span(run.contour.bottom, run.contour.top)}.`], plane));
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

// @ts-check
// One neuron: what goes in, what it weighs, what comes out, and what flows back.

/**
 * A layer with weights, and where its numbers are.
 * @typedef {{ layer: PageLayer, kernel: number, bias: number | null, z: number | null, ins: number, units: number }} Dense
 */

/**
 * The layers that multiply by a matrix.
 * @returns {Dense[]}
 */
function denseLayers() {
  /** @type {Dense[]} */
  const found = [];
  for (const layer of trace.layers) {
    const kernel = layer.weights.find((w) => trace.nodes[w].dims.length === 2);
    if (layer.kind === "Dense" && kernel !== undefined && layer.number > 0) {
      const [ins, units] = trace.nodes[kernel].dims;
      const bias = layer.weights.find((w) => trace.nodes[w].dims.length === 1);
      found.push({ layer, kernel, bias: bias ?? null, z: layer.z ?? null, ins, units });
    }
  }
  return found;
}

/** @param {number} i */
const shownIndex = (i) => String(i + notation.base);

/**
 * One number of the trace as it is now.
 * @param {string} letter
 * @param {number | null} node
 * @param {number} element
 */
function at(letter, node, element) {
  return node === null ? NaN : current(`${letter}${node}`)?.[element] ?? NaN;
}

/**
 * What comes into a layer for one example.
 * @param {Dense} dense
 * @param {number} example
 * @param {number} k
 */
const incoming = (dense, example, k) => at("v", dense.layer.input, example * dense.ins + k);

/**
 * The card of a neuron.
 * @param {Dense} dense
 * @param {number} j
 * @param {number} example
 * @param {boolean} isHidden
 */
function neuronCard(dense, j, example, isHidden) {
  const { layer, ins, units } = dense;
  const l = layer.number;
  const place = example * units + j;
  const z = at("v", dense.z, place);
  const a = at("v", layer.output, place);
  const upstream = at("g", layer.output, place);
  const delta = at("g", dense.z, place);
  const b = at("v", dense.bias, j);
  const name = layer.activation || "linear";
  const card = make("div", { class: "card", id: "neuron" }, make("h3", {}, `Neuron ${shownIndex(j)} of layer ${l} (${layer.name})`));
  const order = [...Array(ins).keys()].sort((p, q) => Math.abs(incoming(dense, example, q) * at("v", dense.kernel, q * units + j)) - Math.abs(incoming(dense, example, p) * at("v", dense.kernel, p * units + j)));
  const some = ins <= 12 ? [...Array(ins).keys()] : order.slice(0, 12);
  const before = l === 1 ? "x" : `a^[${l - 1}]`;
  const rows = some.map((k) => {
    const weight = k * units + j;
    return make(
      "tr", {}, make("th", { scope: "row" }, shownIndex(k)), ...[incoming(dense, example, k), at("v", dense.kernel, weight), incoming(dense, example, k) * at("v", dense.kernel, weight)].map((v) => make("td", { class: "number forward" }, brief(v))),
      make("td", { class: "number back" }, brief(delta * incoming(dense, example, k))),
    );
  });
  card.append(
    make("table", {}, make("caption", {}, ...rich(ins <= 12 ? `What comes in from ${before}` : `The 12 of ${ins} inputs that count most`)),
      make("thead", {}, make("tr", {}, ...["input", before, "weight", "product", "δ · input"].map((h) => make("th", { scope: "col" }, ...rich(h))))), make("tbody", {}, ...rows)),
    make("p", { class: "equation" }, ...rich(`z = Σ w·${before} + b = ${brief(z - (Number.isNaN(b) ? 0 : b))} + ${signed(Number(b.toPrecision(4)))} = `), make("b", { class: "forward" }, digits(z))),
    make("p", { class: "equation" }, `a = ${name}(z) = `, make("b", { class: "forward" }, digits(a))),
    make("p", { class: "equation" }, "∂J/∂a = ", make("b", { class: "back" }, digits(upstream)), ", δ = ∂J/∂z = ", make("b", { class: "back", id: "neuron-delta" }, digits(delta)), ", ∂J/∂b = Σ δ = ", make("b", { class: "back" }, digits(at("g", dense.bias, j)))),
  );
  if (isHidden) {
    card.append(make("p", { class: "quiet", id: "no-target" }, "A hidden neuron has no target of its own. What it gets from behind is only ∂J/∂a: how the cost would move if it fired a little more."));
  }
  const curve = activationCurve(name, z);
  if (curve) {
    card.append(curve);
  }
  card.append(neuronGraph(dense, j, example, some.slice(0, 6)));
  return card;
}

/**
 * The activation with the point where this neuron works.
 * @param {string} name
 * @param {number} z
 */
function activationCurve(name, z) {
  const g = typeof activations === "undefined" ? undefined : activations[name];
  if (!g || !Number.isFinite(z)) {
    return null;
  }
  const [width, height] = [360, 170];
  const reach = Math.max(4, 1.3 * Math.abs(z));
  /** @type {[number, number][]} */
  const points = [];
  for (let i = -60; i <= 60; i++) {
    points.push([(i / 60) * reach, g((i / 60) * reach).a]);
  }
  const low = Math.min(...points.map((p) => p[1]), 0);
  const high = Math.max(...points.map((p) => p[1]), 0.1);
  const x = scale(-reach, reach, 12, width - 12);
  const y = scale(low, high, height - 24, 14);
  const { a, slope } = g(z);
  const title = `${name} at z = ${digits(z, 6)}: a = ${digits(a, 6)}, slope ${digits(slope, 6)}`;
  const drawing = sheet("activation", title, width, height);
  const half = reach / 5;
  drawing.append(
    draw("path", { class: "axis", d: `M12,${y(0).toFixed(1)}H${width - 12}M${x(0).toFixed(1)},8V${height - 20}` }),
    draw("path", { class: "curve", d: line(points.map(([p, q]) => [x(p), y(q)])) }),
    draw("path", { class: "slope", d: line([[x(z - half), y(a - slope * half)], [x(z + half), y(a + slope * half)]]) }),
    draw("circle", { class: "point", cx: x(z), cy: y(a), r: 5 }),
    draw("text", { x: width - 14, y: height - 6, "text-anchor": "end" }, "z"),
  );
  return make("figure", {}, drawing, make("figcaption", {}, title + "."));
}

/**
 * The neuron as a graph of scalars.
 * @param {Dense} dense
 * @param {number} j
 * @param {number} example
 * @param {number[]} some
 */
function neuronGraph(dense, j, example, some) {
  const rest = dense.ins - some.length;
  const rows = some.length + (rest > 0 ? 1 : 0) + 1;
  const height = rows * 40 + 20;
  const middle = height / 2;
  const place = example * dense.units + j;
  const drawing = sheet("scalar", "The neuron as a graph of scalars", 520, height);
  /** @param {number} x @param {number} y @param {string} name @param {number} value @param {number} slope */
  const box = (x, y, name, value, slope) => draw("g", {}, draw("rect", { class: "cell", x: x - 46, y: y - 15, width: 92, height: 30, rx: 6 }),
    draw("text", { class: "name", x, y: y - 2, "text-anchor": "middle" }, name), draw("text", { x, y: y + 11, "text-anchor": "middle" }, `${digits(value, 3)} | ${digits(slope, 3)}`));
  const delta = at("g", dense.z, place);
  some.forEach((k, i) => {
    const y = i * 40 + 30;
    const w = at("v", dense.kernel, k * dense.units + j);
    drawing.append(draw("path", { class: "axis", d: `M180,${y}C230,${y} 230,${middle} 270,${middle}` }),
      draw("text", { x: 8, y: y + 4 }, `${digits(incoming(dense, example, k), 3)} ·`), box(120, y, `w${shownIndex(j)}${some.length > 9 ? "," : ""}${shownIndex(k)}`, w, delta * incoming(dense, example, k)));
  });
  const last = (rows - 1) * 40 + 30;
  if (rest > 0) {
    drawing.append(draw("text", { x: 90, y: last - 36 }, `… and ${rest} more`));
  }
  drawing.append(
    draw("path", { class: "axis", d: `M180,${last}C230,${last} 230,${middle} 270,${middle}M366,${middle}H410` }),
    box(120, last, "b", at("v", dense.bias, j), delta), box(320, middle, "z", at("v", dense.z, place), delta), box(458, middle, "a", at("v", dense.layer.output, place), at("g", dense.layer.output, place)),
  );
  return make("figure", {}, drawing, make("figcaption", {}, "Value | gradient, for this example."));
}

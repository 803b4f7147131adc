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
  const isBatch = batchOf(dense) > 1;
  const before = l === 1 ? "x" : `a^[${l - 1}]`;
  const rows = some.map((k) => {
    const weight = k * units + j;
    return make(
      "tr", {}, make("th", { scope: "row" }, shownIndex(k)), ...[incoming(dense, example, k), at("v", dense.kernel, weight), incoming(dense, example, k) * at("v", dense.kernel, weight)].map((v) => make("td", { class: "number forward" }, brief(v + 0))),
      make("td", { class: "number back" }, brief(delta * incoming(dense, example, k) + 0)),
    );
  });
  card.append(
    make("table", {}, make("caption", {}, ...rich(ins <= 12 ? `What comes in from ${before}` : `The 12 of ${ins} inputs that count most`)),
      make("thead", {}, make("tr", {}, ...["input", before, "weight", "product", "δ · input"].map((h) => make("th", { scope: "col" }, ...rich(h))))), make("tbody", {}, ...rows)),
    make("p", { class: "equation" }, ...rich(Number.isNaN(b) ? `z = Σ w·${before} = ` : `z = Σ w·${before} + b = ${brief(z - b + 0)} + ${signed(Number(b.toPrecision(4)) + 0)} = `), make("b", { class: "forward" }, digits(z + 0))),
    make("p", { class: "equation" }, `a = ${name}(z) = `, make("b", { class: "forward" }, digits(a + 0))),
    make("p", { class: "equation" }, "∂J/∂a = ", make("b", { class: "back" }, digits(upstream + 0)), ", δ = ∂J/∂z = ", make("b", { class: "back", id: "neuron-delta" }, digits(delta + 0)),
      ...(dense.bias === null ? [] : [isBatch ? `, ∂J/∂b = Σ δ over ${batchOf(dense)} examples = ` : ", ∂J/∂b = δ = ", make("b", { class: "back" }, digits(at("g", dense.bias, j) + 0))])),
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
 * A letter with its indices set low: w and 1,14. Side by side they are two indices only where none can have two digits.
 * @param {string} letter
 * @param {number[]} indices
 * @param {boolean} [isWide] Whether one of them can have two digits.
 * @returns {(Node | string)[]}
 */
function indexed(letter, indices, isWide) {
  return [letter, draw("tspan", { dy: 3, "font-size": "83%" }, indices.map(shownIndex).join(isWide ? "," : ""))];
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
  const rows = some.length + (rest > 0 ? 1 : 0) + (dense.bias === null ? 0 : 1);
  const height = rows * 40 + 20;
  const middle = height / 2;
  const place = example * dense.units + j;
  const [width, mid] = [580, 66]; // of the drawing, and half of a box
  const [weights, sum, output] = [202, 374, width - mid - 4];
  const drawing = sheet("scalar", "The neuron as a graph of scalars", width, height);
  /** @param {number} value */
  const short = (value) => digits(value + 0, 3);
  /** @param {number} x @param {number} y @param {(Node | string)[]} name @param {number} value @param {number} slope */
  const box = (x, y, name, value, slope) => {
    const numbers = `${short(value)} | ${short(slope)}`;
    return draw("g", {}, draw("rect", { class: "cell", x: x - mid, y: y - 17, width: 2 * mid, height: 34, rx: 6 }),
      draw("text", { class: "name", x, y: y - 4, "text-anchor": "middle" }, ...name), draw("text", { x, y: y + 13, "text-anchor": "middle", style: numbers.length > 18 ? "font-size:10px" : "" }, numbers));
  };
  /** A line with an arrow's tip. @param {string} path @param {number} x @param {number} y */
  const arrow = (path, x, y) => drawing.append(draw("path", { class: "axis", d: path }), draw("path", { class: "tip", d: `M${x},${y}l-7,-4v8z` }));
  /** From a box of the first column to the sum. @param {number} y */
  const bow = (y) => draw("path", { class: "axis", d: `M${weights + mid},${y}C${weights + mid + 22},${y} ${sum - mid - 26},${middle} ${sum - mid - 8},${middle}` });
  const isWide = notation.base + Math.max(dense.ins, dense.units) > 10;
  const delta = at("g", dense.z, place);
  some.forEach((k, i) => {
    const y = i * 40 + 30;
    const w = at("v", dense.kernel, k * dense.units + j);
    drawing.append(draw("text", { x: 4, y: y + 4 }, ...indexed(dense.layer.number === 1 ? "x" : "a", [k]), draw("tspan", { dy: -3 }, ` = ${short(incoming(dense, example, k))}`)));
    arrow(`M${weights - mid - 18},${y}h12`, weights - mid, y);
    drawing.append(bow(y), box(weights, y, indexed("w", [j, k], isWide), w, delta * incoming(dense, example, k)));
  });
  const last = (rows - 1) * 40 + 30;
  if (rest > 0) {
    drawing.append(draw("text", { x: weights, y: last - (dense.bias === null ? -4 : 36), "text-anchor": "middle" }, `… and ${rest} more`));
  }
  if (dense.bias !== null) {
    drawing.append(bow(last), box(weights, last, indexed("b", [j]), at("v", dense.bias, j), delta));
  }
  arrow(`M${sum - mid - 9},${middle}h3`, sum - mid, middle);
  arrow(`M${sum + mid},${middle}H${output - mid - 6}`, output - mid, middle);
  drawing.append(
    box(sum, middle, indexed("z", [j]), at("v", dense.z, place), delta), box(output, middle, indexed("a", [j]), at("v", dense.layer.output, place), at("g", dense.layer.output, place)),
  );
  return make("figure", {}, make("div", { class: "wide" }, drawing), make("figcaption", {}, `Value | gradient, for this example${batchOf(dense) > 1 ? " alone" : ""}.`));
}

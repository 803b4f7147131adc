// @ts-check
// From the network to its layers to a neuron; and back propagation by layers, as matrices or index by index.

// More neurons than these in a column, or numbers in a matrix, are not drawn one by one.
const mostUnits = 12;
const mostNumbers = 48;

function startLayers() {
  const layers = denseLayers();
  if (layers.length === 0) {
    byId("zoom").remove();
    return;
  }
  const batch = batchOf(layers[0]);
  const chosen = { layer: layers.length - 1, unit: 0, example: 0, view: "matrix" };
  const picture = make("div", { class: "wide drawing", tabindex: "0", role: "region", "aria-label": "The network" });
  const cards = make("div", { class: "cards" });
  const controls = make("div", { class: "buttons" });
  const told = make("p", { class: "quiet", id: "drawn" });
  byId("zoom").append(make("h2", {}, "The network"), make("p", { class: "quiet" }, "Choose a neuron to open it, here or by its number."), controls, picture, told, cards);
  const opener = openByNumber(layers, chosen, open);
  controls.append(...opener.parts);
  if (batch > 1) {
    const select = /** @type {HTMLSelectElement} */ (make("select", { id: "example" }));
    for (let e = 0; e < batch; e++) {
      select.append(make("option", { value: String(e) }, `example ${rowOf(e)}`));
    }
    select.addEventListener("change", () => {
      chosen.example = Number(select.value);
      show();
    });
    controls.append(make("label", { for: "example" }, "Example"), select);
  }
  controls.append(choice("Back propagation as", "view", [["matrix", "matrices"], ["index", "single numbers"]], chosen.view, (v) => {
    chosen.view = v;
    document.documentElement.setAttribute("data-view", v);
    show();
  }));

  /** @param {number} layer @param {number} unit @param {boolean} [isTyped] Whether the reader stays in the field. */
  function open(layer, unit, isTyped) {
    Object.assign(chosen, { layer, unit });
    show();
    if (!isTyped) {
      /** @type {SVGElement | null} */ (picture.querySelector(`[data-unit="${layer}-${unit}"]`))?.focus();
    }
  }

  function show() {
    picture.replaceChildren(networkPicture(layers, chosen, open));
    opener.show();
    told.textContent = drawnWords(layers);
    told.hidden = told.textContent === "";
    cards.replaceChildren(neuronCard(layers[chosen.layer], chosen.unit, chosen.example, chosen.layer < layers.length - 1), layerCard(layers, chosen.layer, chosen.example, chosen.view));
    writeNames();
  }
  views.push(show);
}

/**
 * How many examples go through a layer at once.
 * @param {Dense} dense
 */
const batchOf = (dense) => Math.max(1, Math.round(trace.nodes[dense.layer.output].values.length / dense.units));

/**
 * An example's number in its data.
 * @param {number} example
 */
const rowOf = (example) => trace.examples[example]?.row ?? example;

/**
 * Every neuron by its number, also those that are not drawn.
 * @param {Dense[]} layers
 * @param {{ layer: number, unit: number }} chosen
 * @param {(layer: number, unit: number, isTyped?: boolean) => void} open
 */
function openByNumber(layers, chosen, open) {
  const field = /** @type {HTMLInputElement} */ (make("input", { type: "text", inputmode: "numeric", id: "unit", size: "5", "aria-describedby": "unit-said" }));
  const select = /** @type {HTMLSelectElement} */ (make("select", { id: "unit-layer", "aria-label": "layer" }));
  const said = make("span", { id: "unit-said", class: "quiet", role: "status" });
  layers.forEach(({ layer }, i) => select.append(make("option", { value: String(i) }, `${layer.number} (${layer.name})`)));
  const range = () => `${shownIndex(0)} to ${shownIndex(layers[chosen.layer].units - 1)}`;
  field.addEventListener("change", () => {
    const unit = (typed(field.value) ?? NaN) - notation.base;
    const isThere = Number.isInteger(unit) && unit >= 0 && unit < layers[chosen.layer].units;
    if (isThere) {
      open(chosen.layer, unit, true);
      return;
    }
    field.setAttribute("aria-invalid", "true");
    said.textContent = `There is no neuron '${field.value}': this layer has ${range()}.`;
  });
  select.addEventListener("change", () => open(Number(select.value), 0, true));
  const show = () => {
    field.value = shownIndex(chosen.unit);
    field.removeAttribute("aria-invalid");
    select.value = String(chosen.layer);
    said.textContent = range();
  };
  return { parts: [make("label", { for: "unit" }, "Neuron"), field, said, make("label", { for: "unit-layer" }, "of layer"), select], show };
}

/**
 * Which of a column's numbers are drawn: all of a few; else the largest inputs, or the first neurons and the chosen one.
 * @param {number} count
 * @param {((i: number) => number) | null} size
 * @param {number} also
 * @returns {number[]}
 */
function drawnOf(count, size, also) {
  const all = [...Array(count).keys()];
  if (count <= mostUnits) {
    return all;
  }
  if (size) {
    return all.sort((i, k) => size(k) - size(i) || i - k).slice(0, mostUnits - 1).sort((i, k) => i - k);
  }
  return also < mostUnits - 1 ? all.slice(0, mostUnits - 1) : [...all.slice(0, mostUnits - 2), also];
}

/**
 * What the picture leaves out; empty where it leaves out nothing.
 * @param {Dense[]} layers
 */
function drawnWords(layers) {
  const inputs = layers[0].ins > mostUnits ? `Of the ${layers[0].ins} inputs the ${mostUnits - 1} largest of this example are drawn. ` : "";
  return inputs + (layers.some((d) => d.units > mostUnits) ? `Of more than ${mostUnits} neurons the first are drawn, and the chosen one.` : "");
}

/**
 * The neurons in columns; lines as strong as their weights, dashed where negative.
 * @param {Dense[]} layers
 * @param {{ layer: number, unit: number, example: number }} chosen
 * @param {(layer: number, unit: number) => void} open
 */
function networkPicture(layers, chosen, open) {
  const counts = [layers[0].ins, ...layers.map((d) => d.units)];
  const columns = counts.map((count, c) => drawnOf(count, c === 0 ? (i) => Math.abs(incoming(layers[0], chosen.example, i)) || 0 : null, chosen.layer === c - 1 ? chosen.unit : 0));
  const most = Math.min(mostUnits, Math.max(...counts));
  const [width, height] = [columns.length * 170, most * 44 + 50];
  const drawing = draw("svg", { class: "network graph", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": "The network's neurons" });
  /** @param {number} c @param {number} p @returns {[number, number]} */
  const spot = (c, p) => [c * 170 + 85, height / 2 + (p - (columns[c].length - 1) / 2) * 44 + 8];
  layers.forEach((dense, c) => {
    const weights = current(`v${dense.kernel}`) ?? new Float64Array();
    let largest = 1e-12;
    for (const w of weights) {
      largest = Math.max(largest, Math.abs(w));
    }
    columns[c].forEach((k, p) => {
      columns[c + 1].forEach((j, q) => {
        const w = weights[k * dense.units + j];
        const [x1, y1] = spot(c, p);
        const [x2, y2] = spot(c + 1, q);
        const size = Math.abs(w) / largest;
        drawing.append(draw("path", { class: w < 0 ? "weight less" : "weight", d: `M${x1 + 17},${y1}L${x2 - 17},${y2}`, "stroke-width": 0.3 + 2.4 * size, "stroke-opacity": 0.2 + 0.7 * size }));
      });
    });
  });
  columns.forEach((column, c) => {
    const dense = layers[c - 1];
    const isPart = column.length < counts[c];
    drawing.append(draw("text", { class: "name", x: c * 170 + 85, y: 18, "text-anchor": "middle" }, ...(c === 0 ? ["x"] : ["a", draw("tspan", { dy: -5, "font-size": 11 }, `[${dense.layer.number}]`)])));
    column.forEach((i, p) => {
      const [x, y] = spot(c, p);
      const value = c === 0 ? incoming(layers[0], chosen.example, i) : at("v", dense.layer.output, chosen.example * dense.units + i);
      const isChosen = c > 0 && chosen.layer === c - 1 && chosen.unit === i;
      const group = draw("g", c === 0 ? {} : { role: "button", tabindex: "0", "data-unit": `${c - 1}-${i}`, "aria-pressed": String(isChosen), "aria-label": `Neuron ${shownIndex(i)} of layer ${dense.layer.number}, ${brief(value + 0)}` });
      group.append(draw("circle", { class: isChosen ? "unit chosen" : "unit", cx: x, cy: y, r: 17 }), draw("text", { x, y: y + 4, "text-anchor": "middle", style: "font-size:10px" }, digits(value + 0, 2)));
      if (isPart && (c === 0 || i !== p)) {
        group.append(draw("text", { class: "which", x: x - 22, y: y + 4, style: "text-anchor:end" }, shownIndex(i)));
      }
      if (c > 0) {
        group.addEventListener("click", () => open(c - 1, i));
        group.addEventListener("keydown", (event) => {
          const key = /** @type {KeyboardEvent} */ (event).key;
          if (key === "Enter" || key === " ") {
            event.preventDefault();
            open(c - 1, i);
          }
        });
      }
      drawing.append(group);
    });
    if (isPart) {
      drawing.append(draw("text", { class: "more", x: c * 170 + 85, y: spot(c, column.length)[1] - 8, "text-anchor": "middle" }, `⋮ ${counts[c]}`));
    }
  });
  return drawing;
}

/**
 * A matrix of numbers, or its shape where it is too large.
 * @param {number} rows
 * @param {number} columns
 * @param {(r: number, c: number) => number} value
 */
function matrix(rows, columns, value) {
  if (rows * columns > mostNumbers) {
    return make("span", { class: "shape" }, `(${rows} × ${columns})`);
  }
  return make("table", { class: "matrix" }, ...[...Array(rows).keys()].map((r) => make("tr", {}, ...[...Array(columns).keys()].map((c) => make("td", { title: String(value(r, c)) }, digits(value(r, c) + 0, 7))))));
}

/**
 * Back propagation through one layer.
 * @param {Dense[]} layers
 * @param {number} index
 * @param {number} example
 * @param {string} view
 */
function layerCard(layers, index, example, view) {
  const dense = layers[index];
  const next = layers[index + 1];
  const { layer, ins, units } = dense;
  const l = layer.number;
  /** @param {number} j */
  const delta = (j) => at("g", dense.z, example * units + j);
  // A slope for each number only where each goes through a function of its own: not without activation, and not in a softmax.
  const isLinear = ["", "linear"].includes(layer.activation);
  const g = typeof activations === "undefined" || isLinear ? undefined : activations[layer.activation];
  /** @param {number} j */
  const slope = (j) => g?.(at("v", dense.z, example * units + j)).slope ?? NaN;
  /** @param {number} k */
  const later = (k) => at("g", next.z, example * next.units + k);
  /** @param {number} k @param {number} j */
  const weight = (k, j) => at("v", next.kernel, j * next.units + k);
  const before = l === 1 ? "x" : `(a^[${l - 1}])`;
  const prime = layer.activation === "sigmoid" ? "σ′" : `${layer.activation}′`;
  // Nothing stands between this layer and the next, and nothing else uses what it gives: only then is ∂J/∂a the next layer's Wᵀδ.
  const isPlain = next !== undefined && (g !== undefined || isLinear) && next.layer.input === layer.output && trace.edges.filter((e) => e.from === layer.output).length === 1;
  const batch = batchOf(dense);
  const card = make("div", { class: "card", id: "layer" }, make("h3", {}, `Back through layer ${l}`));
  const isWhole = units <= mostUnits;
  if (view === "matrix") {
    const through = g ? ` ⊙ ${prime}(z^[${l}])` : "";
    const slopes = g ? [" ⊙ ", matrix(units, 1, slope)] : [];
    const formula = isPlain ? `δ^[${l}] = ${g ? "(" : ""}(W^[${l + 1}])ᵀ δ^[${l + 1}]${g ? ")" : ""}${through}` : g ? `δ^[${l}] = ∇ₐJ${through}` : `δ^[${l}] = ∂J/∂z^[${l}]`;
    card.append(make("p", { class: "equation", id: "layer-formula" }, ...rich(formula)));
    if (isPlain && next) {
      card.append(make("p", { class: "quiet", id: "layer-shapes" }, `(${units} × 1) = ${g ? "(" : ""}(${next.units} × ${units})ᵀ (${next.units} × 1)${g ? `) ⊙ (${units} × 1)` : ""}`));
      card.append(make("p", { class: "equation" }, matrix(units, 1, delta), g ? " = (" : " = ", matrix(units, next.units, (j, k) => weight(k, j)), matrix(next.units, 1, later), g ? ")" : "", ...slopes));
    } else if (g) {
      card.append(make("p", { class: "equation" }, matrix(units, 1, delta), " = ", matrix(units, 1, (j) => at("g", layer.output, example * units + j)), ...slopes));
    } else {
      card.append(make("p", { class: "equation" }, ...rich(`δ^[${l}] = `), matrix(units, 1, delta)));
    }
    const share = make("p", { class: "equation", id: "layer-share" }, matrix(units, ins, (j, k) => delta(j) * incoming(dense, example, k)), " = ", matrix(units, 1, delta), matrix(1, ins, (_, k) => incoming(dense, example, k)));
    if (batch === 1) {
      card.append(make("p", { class: "equation" }, ...rich(`∂J/∂b^[${l}] = δ^[${l}], ∂J/∂W^[${l}] = δ^[${l}] ${before}ᵀ`)), share);
    } else {
      card.append(...overBatch(dense, batch, before, example, share));
    }
  } else {
    card.append(make("p", { class: "equation", id: "layer-formula" }, isPlain ? `δ_j = ${g ? "(" : ""}Σ_k w_kj δ_k${g ? `) · ${prime}(z_j)` : ""}` : g ? `δ_j = ∂J/∂a_j · ${prime}(z_j)` : "δ_j = ∂J/∂z_j"));
    const body = make("tbody", {});
    for (let j = 0; j < (isWhole ? units : mostUnits); j++) {
      const paths = isPlain && next ? [...Array(Math.min(next.units, mostUnits)).keys()].map((k) => `${signed(Number(weight(k, j).toPrecision(7)) + 0)} · ${signed(Number(later(k).toPrecision(7)) + 0)}`).join(" + ") + (next.units > mostUnits ? " + …" : "") : digits(at("g", layer.output, example * units + j) + 0, 7);
      body.append(make("tr", {}, make("th", { scope: "row" }, `δ_${shownIndex(j)}`), make("td", {}, g ? `${isPlain ? `(${paths})` : paths} · ${digits(slope(j) + 0, 7)}` : isPlain ? paths : ""), make("td", { class: "number back delta-value" }, digits(delta(j) + 0, 7))));
    }
    card.append(make("table", {}, body), isWhole ? "" : make("p", { class: "quiet" }, `The first ${mostUnits} of ${units}.`));
    const over = batch > 1 ? "Σ " : "";
    card.append(make("p", { class: "equation" }, `∂J/∂w_jk = ${over}δ_j · ${l === 1 ? "x_k" : "a_k"}, ∂J/∂b_j = ${over}δ_j${batch > 1 ? `, summed over the ${batch} examples (above: example ${rowOf(example)})` : ""}; indices run from ${notation.base} to ${notation.base === 0 ? "n − 1" : "n"}`));
  }
  return card;
}

/**
 * The gradients of a layer's weights over a batch: every example brings its share.
 * @param {Dense} dense
 * @param {number} batch
 * @param {string} before What comes in, as the formulas write it.
 * @param {number} example
 * @param {HTMLElement} share The chosen example's own.
 */
function overBatch(dense, batch, before, example, share) {
  const { layer, kernel, bias, ins, units } = dense;
  const l = layer.number;
  const [deltas, inputs, whole] = [current(`g${dense.z}`), current(`v${layer.input}`), current(`g${kernel}`)];
  /** @param {(e: number) => number} term */
  const total = (term) => {
    let sum = 0;
    for (let e = 0; e < batch; e++) {
      sum += term(e);
    }
    return sum;
  };
  /** @param {number} e @param {number} j */
  const delta = (e, j) => deltas?.[e * units + j] ?? NaN;
  /** @param {number} j @param {number} k */
  const ofWeight = (j, k) => total((e) => delta(e, j) * (inputs?.[e * ins + k] ?? NaN));
  // A penalty on the weights, or a second use of them, brings more than this layer does; it brings it to the first weights too.
  const some = [...Array(Math.min(units * ins, mostNumbers)).keys()];
  const isAll = some.every((i) => {
    const there = whole?.[i] ?? NaN;
    return !(Math.abs(there - ofWeight(i % units, Math.floor(i / units))) > 1e-9 * Math.max(1e-3, Math.abs(there)));
  });
  const source = bias === null ? "" : `∂J/∂b^[${l}] = Σᵢ δᵢ^[${l}], `;
  return [
    make("p", { class: "quiet", id: "layer-batch" }, `${trace.examples.length === batch ? `J is the mean over ${batch} examples, and the 1/${batch} is in each δ. ` : ""}Example ${rowOf(example)} brings its share, δ${bias === null ? "" : " itself to the bias"} and δ ${before.startsWith("(") ? "aᵀ" : "xᵀ"} to the weights:`),
    share,
    make("p", { class: "equation" }, ...rich(`${source}∂J/∂W^[${l}] = Σᵢ δᵢ^[${l}] ${before.startsWith("(") ? `(aᵢ^[${l - 1}])ᵀ` : "xᵢᵀ"}`)),
    make("p", { class: "quiet" }, `The sum over all ${batch} examples${isAll ? " is the gradient in the table" : "; the gradient in the table holds what other uses of the weights bring as well, such as a penalty"}:`),
    ...(bias === null ? [] : [make("p", { class: "equation", id: "layer-sum-bias" }, "Σᵢ δᵢ = ", matrix(units, 1, (j) => total((e) => delta(e, j))))]),
    make("p", { class: "equation", id: "layer-sum" }, `Σᵢ δᵢ ${before.startsWith("(") ? "aᵢᵀ" : "xᵢᵀ"} = `, matrix(units, ins, ofWeight)),
  ];
}

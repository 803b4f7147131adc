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
  const batch = Math.max(1, Math.round(trace.nodes[layers[0].layer.output].values.length / layers[0].units));
  const chosen = { layer: layers.length - 1, unit: 0, example: 0, view: "matrix" };
  const picture = make("div", { class: "wide drawing", tabindex: "0", role: "region", "aria-label": "The network" });
  const cards = make("div", { class: "cards" });
  const controls = make("div", { class: "buttons" });
  byId("zoom").append(make("h2", {}, "The network"), make("p", { class: "quiet" }, "Choose a neuron to open it."), controls, picture, cards);
  if (batch > 1) {
    const select = /** @type {HTMLSelectElement} */ (make("select", { id: "example" }));
    for (let e = 0; e < batch; e++) {
      select.append(make("option", { value: String(e) }, `example ${trace.examples[e]?.row ?? e}`));
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

  /** @param {number} layer @param {number} unit */
  function open(layer, unit) {
    Object.assign(chosen, { layer, unit });
    show();
    /** @type {SVGElement | null} */ (picture.querySelector(`[data-unit="${layer}-${unit}"]`))?.focus();
  }

  function show() {
    picture.replaceChildren(networkPicture(layers, chosen, open));
    cards.replaceChildren(neuronCard(layers[chosen.layer], chosen.unit, chosen.example, chosen.layer < layers.length - 1), layerCard(layers, chosen.layer, chosen.example, chosen.view));
    writeNames();
  }
  views.push(show);
}

/**
 * The neurons in columns; lines as strong as their weights, dashed where negative.
 * @param {Dense[]} layers
 * @param {{ layer: number, unit: number, example: number }} chosen
 * @param {(layer: number, unit: number) => void} open
 */
function networkPicture(layers, chosen, open) {
  const columns = [layers[0].ins, ...layers.map((d) => d.units)];
  const most = Math.min(mostUnits, Math.max(...columns));
  const [width, height] = [columns.length * 170, most * 44 + 50];
  const drawing = draw("svg", { class: "network graph", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": "The network's neurons" });
  /** @param {number} count */
  const drawn = (count) => Math.min(count, count > mostUnits ? mostUnits - 1 : mostUnits);
  /** @param {number} c @param {number} i @returns {[number, number]} */
  const spot = (c, i) => [c * 170 + 85, height / 2 + (i - (drawn(columns[c]) - 1) / 2) * 44 + 8];
  layers.forEach((dense, c) => {
    const weights = current(`v${dense.kernel}`) ?? new Float64Array();
    let largest = 1e-12;
    for (const w of weights) {
      largest = Math.max(largest, Math.abs(w));
    }
    for (let k = 0; k < drawn(dense.ins); k++) {
      for (let j = 0; j < drawn(dense.units); j++) {
        const w = weights[k * dense.units + j];
        const [x1, y1] = spot(c, k);
        const [x2, y2] = spot(c + 1, j);
        const size = Math.abs(w) / largest;
        drawing.append(draw("path", { class: w < 0 ? "weight less" : "weight", d: `M${x1 + 17},${y1}L${x2 - 17},${y2}`, "stroke-width": 0.3 + 2.4 * size, "stroke-opacity": 0.2 + 0.7 * size }));
      }
    }
  });
  columns.forEach((count, c) => {
    const dense = layers[c - 1];
    drawing.append(draw("text", { class: "name", x: c * 170 + 85, y: 18, "text-anchor": "middle" }, ...(c === 0 ? ["x"] : ["a", draw("tspan", { dy: -5, "font-size": 11 }, `[${dense.layer.number}]`)])));
    for (let i = 0; i < drawn(count); i++) {
      const [x, y] = spot(c, i);
      const value = c === 0 ? incoming(layers[0], chosen.example, i) : at("v", dense.layer.output, chosen.example * dense.units + i);
      const isChosen = c > 0 && chosen.layer === c - 1 && chosen.unit === i;
      const group = draw("g", c === 0 ? {} : { role: "button", tabindex: "0", "data-unit": `${c - 1}-${i}`, "aria-pressed": String(isChosen), "aria-label": `Neuron ${shownIndex(i)} of layer ${dense.layer.number}, ${brief(value)}` });
      group.append(draw("circle", { class: isChosen ? "unit chosen" : "unit", cx: x, cy: y, r: 17 }), draw("text", { x, y: y + 4, "text-anchor": "middle", style: "font-size:10px" }, digits(value, 2)));
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
    }
    if (count > drawn(count)) {
      drawing.append(draw("text", { class: "more", x: c * 170 + 85, y: spot(c, drawn(count))[1] - 8, "text-anchor": "middle" }, `⋮ ${count}`));
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
  return make("table", { class: "matrix" }, ...[...Array(rows).keys()].map((r) => make("tr", {}, ...[...Array(columns).keys()].map((c) => make("td", { title: String(value(r, c)) }, digits(value(r, c), 7))))));
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
  const g = typeof activations === "undefined" ? undefined : activations[layer.activation || "linear"];
  /** @param {number} j */
  const slope = (j) => g?.(at("v", dense.z, example * units + j)).slope ?? NaN;
  /** @param {number} k */
  const later = (k) => at("g", next.z, example * next.units + k);
  /** @param {number} k @param {number} j */
  const weight = (k, j) => at("v", next.kernel, j * next.units + k);
  const before = l === 1 ? "x" : `(a^[${l - 1}])`;
  const prime = layer.activation === "sigmoid" ? "σ′" : layer.activation ? `${layer.activation}′` : "1′";
  const card = make("div", { class: "card", id: "layer" }, make("h3", {}, `Back through layer ${l}`));
  const isWhole = units <= mostUnits;
  if (view === "matrix") {
    const formula = next ? `δ^[${l}] = ((W^[${l + 1}])ᵀ δ^[${l + 1}]) ⊙ ${prime}(z^[${l}])` : g && layer.activation ? `δ^[${l}] = ∇ₐJ ⊙ ${prime}(z^[${l}])` : `δ^[${l}] = ∂J/∂z^[${l}]`;
    card.append(make("p", { class: "equation", id: "layer-formula" }, ...rich(formula)));
    if (next) {
      card.append(make("p", { class: "quiet", id: "layer-shapes" }, `(${units} × 1) = ((${next.units} × ${units})ᵀ (${next.units} × 1)) ⊙ (${units} × 1)`));
      card.append(make("p", { class: "equation" }, matrix(units, 1, delta), " = (", matrix(units, next.units, (j, k) => weight(k, j)), matrix(next.units, 1, later), ") ⊙ ", matrix(units, 1, slope)));
    } else if (g && layer.activation) {
      card.append(make("p", { class: "equation" }, matrix(units, 1, delta), " = ", matrix(units, 1, (j) => at("g", layer.output, example * units + j)), " ⊙ ", matrix(units, 1, slope)));
    } else {
      card.append(make("p", { class: "equation" }, ...rich(`δ^[${l}] = `), matrix(units, 1, delta)));
    }
    card.append(
      make("p", { class: "equation" }, ...rich(`∂J/∂b^[${l}] = δ^[${l}], ∂J/∂W^[${l}] = δ^[${l}] ${before}ᵀ`)),
      make("p", { class: "equation" }, matrix(units, ins, (j, k) => delta(j) * incoming(dense, example, k)), " = ", matrix(units, 1, delta), matrix(1, ins, (_, k) => incoming(dense, example, k))),
    );
  } else {
    card.append(make("p", { class: "equation", id: "layer-formula" }, next ? `δ_j = Σ_k w_kj δ_k · ${prime}(z_j)` : layer.activation ? `δ_j = ∂J/∂a_j · ${prime}(z_j)` : "δ_j = ∂J/∂z_j"));
    const body = make("tbody", {});
    for (let j = 0; j < (isWhole ? units : mostUnits); j++) {
      const paths = next ? [...Array(Math.min(next.units, mostUnits)).keys()].map((k) => `${signed(Number(weight(k, j).toPrecision(7)))} · ${signed(Number(later(k).toPrecision(7)))}`).join(" + ") + (next.units > mostUnits ? " + …" : "") : digits(at("g", layer.output, example * units + j), 7);
      body.append(make("tr", {}, make("th", { scope: "row" }, `δ_${shownIndex(j)}`), make("td", {}, next ? `(${paths}) · ${digits(slope(j), 7)}` : layer.activation && g ? `${paths} · ${digits(slope(j), 7)}` : ""), make("td", { class: "number back delta-value" }, digits(delta(j), 7))));
    }
    card.append(make("table", {}, body), isWhole ? "" : make("p", { class: "quiet" }, `The first ${mostUnits} of ${units}.`));
    card.append(make("p", { class: "equation" }, `∂J/∂w_jk = δ_j · ${l === 1 ? "x_k" : "a_k"}, ∂J/∂b_j = δ_j; indices run from ${notation.base} to ${notation.base === 0 ? "n − 1" : "n"}`));
  }
  return card;
}

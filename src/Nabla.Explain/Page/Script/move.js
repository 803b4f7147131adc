// @ts-check
// Moving a number: the page computes everything again, by the program printed from the same graph.

/**
 * One number that a reader can move.
 * @typedef {{ node: number, element: number, name: string, base: number }} Dial
 */

// More dials than these are a list nobody reads; single elements of large tensors are opened in the view of a neuron.
const mostDials = 40;
const mostElements = 8;

/** @returns {Dial[]} */
function dials() {
  /** @type {Dial[]} */
  const found = [];
  const isParameter = (/** @type {number} */ node) => trace.nodes[node].role === "parameter";
  // A whole number, such as a label's class, has no gradient: it cannot be moved by a little.
  const leaves = (page.program?.inputs ?? []).filter((n) => page.program?.outputs[`g${n}`] !== undefined);
  for (const node of [...leaves.filter(isParameter), ...leaves.filter((n) => !isParameter(n))]) {
    const { shown, values, dims } = trace.nodes[node];
    for (let element = 0; element < values.length && values.length <= mostElements; element++) {
      found.push({ node, element, name: shown + placeWords(element, dims), base: values[element] });
    }
  }
  return found.slice(0, mostDials);
}

/**
 * The place of an element in its tensor, from 0.
 * @param {number} element
 * @param {number[]} dims
 */
function placeOf(element, dims) {
  const place = [];
  for (let rest = element, axis = dims.length - 1; axis >= 0; axis--) {
    place.unshift(rest % dims[axis]);
    rest = Math.floor(rest / dims[axis]);
  }
  return place;
}

/**
 * The place of an element as words behind a name; nothing behind a scalar's.
 * @param {number} element
 * @param {number[]} dims
 */
function placeWords(element, dims) {
  return dims.length === 0 ? "" : ` (${placeOf(element, dims).map((i) => i + 1).join(", ")})`;
}

/**
 * The leaves as they are now, with one number at another value.
 * @param {Dial} dial
 * @param {number} value
 */
function leavesWith(dial, value) {
  const leaves = new Map(state.moved);
  const values = Float64Array.from(leaves.get(dial.node) ?? trace.nodes[dial.node].values);
  values[dial.element] = value;
  leaves.set(dial.node, values);
  return leaves;
}

/** @param {Dial} dial */
function valueOf(dial) {
  return (state.moved.get(dial.node) ?? trace.nodes[dial.node].values)[dial.element];
}

/**
 * The slopes of the result to both sides of a value, and whether they stay apart as the step shrinks: a kink.
 * @param {Dial} dial
 * @param {number} at
 */
function slopesAt(dial, at) {
  const here = resultAt(leavesWith(dial, at));
  const size = 1e-5 * Math.max(1, Math.abs(at));
  /** @param {number} e */
  const pair = (e) => [(here - resultAt(leavesWith(dial, at - e))) / e, (resultAt(leavesWith(dial, at + e)) - here) / e];
  const [below, above] = pair(size);
  const [finerBelow, finerAbove] = pair(size / 10);
  const noise = (16 * 2.220446049250313e-16 * Math.max(1, Math.abs(here))) / size;
  const apart = Math.abs(finerAbove - finerBelow);
  const kink = apart > Math.max(1e-4 * Math.max(Math.abs(finerAbove), Math.abs(finerBelow)), 20 * noise) && apart > 0.5 * Math.abs(above - below);
  return { below: finerBelow, above: finerAbove, kink };
}

function startMoving() {
  const all = dials();
  if (!page.program || all.length === 0) {
    byId("move").remove();
    return;
  }

  let chosen = all.find((d) => trace.nodes[d.node].role === "parameter") ?? all[0];
  const outcome = make("div", { class: "outcome-panel" });
  const words = make("div", { id: "moved-words", "aria-live": "polite" });
  const pictures = make("div", { class: "pictures" });
  const epsilon = /** @type {HTMLInputElement} */ (make("input", { type: "text", inputmode: "decimal", id: "epsilon", value: "0.001", size: "8", "aria-label": "epsilon, the size of a nudge", "aria-describedby": "refused" }));
  const refused = make("p", { id: "refused", class: "refused", role: "alert" });
  /**
   * What a field holds, or a sentence on why it is no number.
   * @param {HTMLInputElement} field
   * @param {string} name
   */
  const numberIn = (field, name) => {
    const value = typed(field.value);
    field.setAttribute("aria-invalid", String(value === null));
    refused.textContent = value === null ? `${name} stays as it was: '${field.value}' is no number. Write 2.5, 2,5 or 5/2.` : "";
    return value;
  };
  const nudge = button("nudge", "Nudge the chosen number by epsilon", () => {
    const step = numberIn(epsilon, "ε");
    if (step !== null) {
      move(chosen, chosen.base + step);
    }
  });
  const reset = button("as recorded", "All numbers as they were recorded", () => {
    state.moved = new Map();
    refused.textContent = "";
    refresh();
  });
  const list = make("div", { class: "dials", role: "group", "aria-label": "Numbers to move" });
  byId("move").append(
    make("h2", {}, "Move a number"),
    make("p", { class: "quiet" }, "Every number of this page follows, computed by the program that was printed from this graph."),
    make("div", { class: "moving" }, make("div", {}, list, make("p", { class: "buttons" }, make("label", { for: "epsilon" }, "ε = "), epsilon, nudge, reset), refused), outcome),
  );
  outcome.append(words, pictures);

  /** @type {{ dial: Dial, row: HTMLElement, slider: HTMLInputElement, field: HTMLInputElement }[]} */
  const rows = all.map((dial, i) => {
    const size = Number.isFinite(dial.base) ? Math.max(1, 10 ** Math.floor(Math.log10(Math.abs(dial.base) || 1))) : 1;
    const step = size / 1000;
    const middle = Number.isFinite(dial.base) ? dial.base : 0;
    const slider = /** @type {HTMLInputElement} */ (make("input", {
      type: "range", min: String(Number((middle - 2 * size).toPrecision(12))), max: String(Number((middle + 2 * size).toPrecision(12))), step: String(step), id: `slider-${i}`,
      "data-leaf": trace.nodes[dial.node].name, "aria-label": `${dial.name}, slider`,
    }));
    const field = /** @type {HTMLInputElement} */ (make("input", { type: "text", inputmode: "decimal", size: "9", "data-leaf-field": trace.nodes[dial.node].name, "aria-label": `${dial.name}, value`, "aria-describedby": "refused" }));
    slider.addEventListener("input", () => move(dial, Number(slider.value)));
    field.addEventListener("change", () => {
      const value = numberIn(field, dial.name);
      if (value !== null) {
        move(dial, value);
      }
    });
    const row = make("div", { class: `dial ${trace.nodes[dial.node].role}` }, make("label", { for: `slider-${i}` }, ...rich(dial.name)), slider, field);
    list.append(row);
    return { dial, row, slider, field };
  });

  /**
   * @param {Dial} dial
   * @param {number} value
   */
  function move(dial, value) {
    chosen = dial;
    refused.textContent = "";
    state.moved = leavesWith(dial, value);
    // Back where it was recorded is not moved.
    if (state.moved.get(dial.node)?.every((v, i) => Object.is(v, trace.nodes[dial.node].values[i]))) {
      state.moved.delete(dial.node);
    }
    refresh();
  }

  views.push(() => {
    for (const { dial, row, slider, field } of rows) {
      const value = valueOf(dial);
      slider.value = String(value);
      if (document.activeElement !== field) {
        field.value = digits(value).replace("−", "-");
        field.removeAttribute("aria-invalid");
      }
      row.classList.toggle("chosen", dial === chosen);
    }
    words.replaceChildren(...tell(chosen));
    pictures.replaceChildren(tangent(chosen), numberLines(chosen), roundingCurve(chosen));
  });
}

/**
 * What the nudge did, in words.
 * @param {Dial} dial
 * @returns {Node[]}
 */
function tell(dial) {
  const result = trace.nodes[trace.result].shown;
  const now = valueOf(dial);
  const k = state.factor;
  const before = k * resultAt(leavesWith(dial, dial.base));
  const after = k * resultAt(leavesWith(dial, now));
  const slope = k * (computed(leavesWith(dial, dial.base)).get(`g${dial.node}`)?.[dial.element] ?? NaN);
  const said = make("p", {});
  const nodes = [said];
  if (Object.is(now, dial.base)) {
    said.append(...rich(dial.name), ` is ${digits(now)}, as recorded. Its gradient is `, make("b", { class: "back" }, digits(slope)), `: move it by a little, and ${result} moves by ${digits(slope)} times as much.`);
  } else {
    const step = now - dial.base;
    const shownStep = Number(step.toPrecision(10));
    const ratio = (after - before) / shownStep;
    said.append(
      ...rich(dial.name), `: ${digits(dial.base)} → ${digits(now)}, so ε = ${digits(shownStep)}. ${result}: ${digits(before)} → `, make("b", { class: "forward", id: "moved-result" }, digits(after)),
      `. Change over ε: `, make("b", { id: "moved-ratio" }, digits(ratio)), `; the gradient says `, make("b", { class: "back", id: "moved-gradient" }, digits(slope)), ".",
    );
  }
  const places = Object.is(now, dial.base) ? [now] : [dial.base, now];
  for (const at of places) {
    const { below, above, kink } = slopesAt(dial, at);
    if (kink) {
      nodes.push(make("p", { class: "kink" }, `A kink at ${dial.name} = ${digits(at)}: the slope is ${brief(k * below)} below and ${brief(k * above)} above, so there is no derivative. A relu counts as slope 0 at z = 0.`));
    }
  }
  return nodes;
}

/**
 * The result over one number, with the tangent where it was recorded.
 * @param {Dial} dial
 */
function tangent(dial) {
  const [width, height, left, bottom] = [360, 230, 58, 30];
  const result = trace.nodes[trace.result].shown;
  const now = valueOf(dial);
  const reach = Math.max(1, 1.3 * Math.abs(now - dial.base), 0.5 * Math.abs(dial.base));
  const k = state.factor;
  const here = k * resultAt(leavesWith(dial, dial.base));
  const slope = k * (computed(leavesWith(dial, dial.base)).get(`g${dial.node}`)?.[dial.element] ?? NaN);
  /** @type {[number, number][]} */
  const curve = [];
  for (let i = 0; i <= 80; i++) {
    const x = dial.base + reach * (i / 40 - 1);
    curve.push([x, k * resultAt(leavesWith(dial, x))]);
  }
  const heights = curve.map((p) => p[1]).concat(here).filter(Number.isFinite);
  const low = Math.min(...heights, here - Math.abs(slope || 0) * reach * 0.3);
  const high = Math.max(...heights, low + 1e-12);
  const x = scale(dial.base - reach, dial.base + reach, left, width - 8);
  const y = scale(low, high, height - bottom, 10);
  const title = `${result} over ${dial.name}: the slope at ${digits(dial.base)} is ${digits(slope)}`;
  const drawing = sheet("tangent", title, width, height);
  const clip = draw("clipPath", { id: "tangent-clip" }, draw("rect", { x: left, y: 4, width: width - 8 - left, height: height - bottom - 4 }));
  drawing.append(
    clip,
    draw("path", { class: "axis", d: `M${left},6V${height - bottom}H${width - 8}` }),
    draw("path", { class: "curve", d: line(curve.map(([a, b]) => [x(a), y(b)])), "clip-path": "url(#tangent-clip)" }),
  );
  if (Number.isFinite(slope)) {
    drawing.append(draw("path", { class: "slope", d: line([[x(dial.base - reach), y(here - slope * reach)], [x(dial.base + reach), y(here + slope * reach)]]), "clip-path": "url(#tangent-clip)" }));
  }
  drawing.append(
    draw("circle", { class: "point", cx: x(dial.base), cy: y(here), r: 4 }),
    draw("circle", { class: "point moved-point", cx: x(now), cy: y(k * resultAt(leavesWith(dial, now))), r: 5 }),
    draw("text", { x: (left + width) / 2, y: height - 6, "text-anchor": "middle" }, ...raised(dial.name)),
    draw("text", { x: left - 6, y: y(high) + 10, "text-anchor": "end" }, digits(high, 3)),
    draw("text", { x: left - 6, y: y(low), "text-anchor": "end" }, digits(low, 3)),
    draw("text", { x: left + 8, y: 18 }, ...raised(result)),
    draw("text", { x: x(dial.base - reach), y: height - bottom + 16 }, brief(dial.base - reach)),
    draw("text", { x: x(dial.base + reach), y: height - bottom + 16, "text-anchor": "end" }, brief(dial.base + reach)),
  );
  return make("figure", {}, drawing, make("figcaption", {}, ...rich(`Slope ${digits(slope)} at ${dial.name} = ${digits(dial.base)} (dashed); the ring is where ${dial.name} is now.`)));
}

/**
 * Each quantity on a little number line of its own, all to one measure: how far each one moved.
 * @param {Dial} dial
 */
function numberLines(dial) {
  const width = 360;
  const first = recorded();
  const made = trace.nodes.flatMap(({ formula, shown, values, dims }, node) =>
    !formula || values.length > mostElements ? [] : [...values.keys()].map((element) => ({ node, element, name: shown + placeWords(element, dims) })));
  // The result is told in any case.
  const own = [dial, ...(made.length <= 11 ? made : [...made.slice(0, 10), ...made.filter((m) => m.node === trace.result)])];
  /** @param {{ node: number, element: number }} line */
  const moved = ({ node, element }) => (current(`v${node}`)?.[element] ?? NaN) - (first.get(`v${node}`)?.[element] ?? NaN) * scaleOf(`v${node}`);
  const largest = Math.max(...own.map((n) => Math.abs(moved(n))).filter(Number.isFinite), 1e-12);
  const drawing = sheet("lines", "How far each quantity moved", width, own.length * 30 + 6);
  own.forEach((n, i) => {
    const y = i * 30 + 20;
    const middle = 215;
    const step = moved(n);
    const end = middle + (step / largest) * 68;
    drawing.append(
      draw("text", { x: 6, y: y + 4, class: "name" }, ...raised(n.name)),
      draw("path", { class: "axis", d: `M${middle - 75},${y}H${middle + 75}M${middle},${y - 5}V${y + 5}` }),
      draw("text", { x: width - 4, y: y + 4, "text-anchor": "end" }, Number.isFinite(step) ? (step === 0 ? "0" : (step > 0 ? "+" : "") + digits(Number(step.toPrecision(6)))) : "?"),
    );
    if (Number.isFinite(end)) {
      drawing.append(draw("path", { class: "step", d: `M${middle},${y}H${end.toFixed(1)}` }), draw("circle", { class: "point", cx: end, cy: y, r: 4 }));
    }
  });
  return make("figure", {}, drawing, make("figcaption", {}, "How far each quantity moved, to one measure."));
}

/**
 * The change over ε for many ε: too large, and the curve bends away; too small, and rounding eats it.
 * @param {Dial} dial
 */
function roundingCurve(dial) {
  const k = state.factor;
  const here = resultAt(leavesWith(dial, dial.base));
  const slope = computed(leavesWith(dial, dial.base)).get(`g${dial.node}`)?.[dial.element] ?? NaN;
  const rows = [];
  for (let power = 0; power >= -16; power--) {
    const e = Number(`1e${power}`);
    const up = resultAt(leavesWith(dial, dial.base + e));
    const down = resultAt(leavesWith(dial, dial.base - e));
    rows.push({ power, ratio: (up - here) / e, central: (up - down) / (2 * e) });
  }
  const [width, height, left, bottom] = [360, 200, 58, 34];
  const x = scale(-16, 0, left, width - 10);
  const y = scale(-16, 2, height - bottom, 8);
  /** @param {number} found */
  const error = (found) => Math.log10(Math.max(Math.abs(k * (found - slope)), 1e-16));
  const drawing = sheet("rounding", "Distance from the gradient over ε", width, height);
  drawing.append(
    draw("path", { class: "axis", d: `M${left},6V${height - bottom}H${width - 8}` }),
    draw("path", { class: "curve", d: line(rows.map((r) => [x(r.power), y(error(r.ratio))])) }),
    draw("path", { class: "slope", d: line(rows.map((r) => [x(r.power), y(error(r.central))])) }),
    draw("text", { x: (left + width) / 2, y: height - 4, "text-anchor": "middle" }, "ε"),
    draw("text", { x: left - 6, y: 16, "text-anchor": "end" }, "100"),
    draw("text", { x: left - 6, y: height - bottom, "text-anchor": "end" }, "1e−16"),
    draw("text", { x: left, y: height - bottom + 15 }, "1e−16"),
    draw("text", { x: width - 8, y: height - bottom + 15, "text-anchor": "end" }, "1"),
  );
  const table = make("table", { class: "epsilons" }, make("thead", {}, make("tr", {}, ...["ε", "change / ε", "both sides"].map((h) => make("th", { scope: "col" }, h)))));
  table.append(make("tbody", {}, ...rows.map((r) => make("tr", {}, make("th", { scope: "row" }, r.power === 0 ? "1" : `1e−${-r.power}`), make("td", {}, digits(k * r.ratio)), make("td", {}, digits(k * r.central))))));
  const all = make("details", {}, make("summary", {}, "Every ε"), table);
  return make("figure", {}, drawing, make("figcaption", {}, "How far the change over ε is from the gradient: one-sided (line) and to both sides (dashed). Too large an ε bends away, too small a one drowns in rounding."), all);
}

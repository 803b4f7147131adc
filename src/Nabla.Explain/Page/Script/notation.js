// @ts-check
// How things are written: names, signs, numbers or symbols. The numbers do not change, but for the half that some write before the cost.

const notation = { names: "as-written", sign: "partial", show: "both", base: 1, wasWritten: false };

/** Texts as the maker wrote them. @type {WeakMap<Node, string>} */
const written = new WeakMap();

/** The same for what is only read aloud. @type {WeakMap<Element, string>} */
const labels = new WeakMap();

/**
 * A choice of one among a few, as real radio buttons.
 * @param {string} title
 * @param {string} name
 * @param {[string, string][]} options
 * @param {string} chosen
 * @param {(value: string) => void} act
 */
function choice(title, name, options, chosen, act) {
  const set = make("fieldset", { class: "choice" }, make("legend", {}, title));
  for (const [value, text] of options) {
    const radio = /** @type {HTMLInputElement} */ (make("input", { type: "radio", name, value, id: `${name}-${value}` }));
    radio.checked = value === chosen;
    radio.addEventListener("change", () => act(value));
    set.append(make("span", {}, radio, make("label", { for: `${name}-${value}` }, text)));
  }
  return set;
}

const lastLayer = Math.max(...trace.nodes.map((node) => Number(/\^\[(\d+)\]/.exec(node.name)?.[1] ?? 0)));

/**
 * A layer as 3Blue1Brown counts it, back from the last.
 * @param {number} layer
 */
function layerFromLast(layer) {
  return layer === lastLayer ? "(L)" : `(L−${lastLayer - layer})`;
}

/**
 * A line as the chosen lecture writes it; a layer that stands high stands behind a mark.
 * @param {string} text
 * @returns {string}
 */
function rewritten(text) {
  const layers = trace.courses ? inCourse(text) : notation.names === "3b1b" ? text.replace(/(?<!\])\[(\d+)\]/g, (_, l) => layerFromLast(Number(l))) : text;
  // C₀ is what one example costs, C the mean over several.
  const cost = notation.names === "3b1b" ? (trace.examples.length > 1 ? "C" : "C₀") : notation.names === "ng" && isRescaled() ? "J" : null;
  const result = trace.nodes[trace.result].name;
  return cost !== null && /^\p{L}$/u.test(result) ? layers.replace(new RegExp(`(?<![\\p{L}\\p{N}_])${result}(?![\\p{L}\\p{N}_(])`, "gu"), cost) : layers;
}

/**
 * Writes names and signs again, of the page or of a part of it, where a reader may see them.
 * @param {Node} [part]
 */
function writeNames(part = document.body) {
  const isPlain = notation.sign === "partial" && (notation.names === "as-written" || (notation.names === "delta" && !trace.courses));
  // What was folded since may stand there as it was written.
  notation.wasWritten ||= !isPlain;
  if (!notation.wasWritten) {
    return;
  }
  if (trace.courses) {
    recordedNames();
    const known = mathOfCourse();
    if (known.size > 0) {
      document.querySelectorAll("math").forEach((math) => writeMath(math, known));
    }
  }
  writeTexts(trace.courses ? document.body : part);
  for (const element of document.querySelectorAll("main [aria-label]")) {
    const before = labels.get(element) ?? element.getAttribute("aria-label") ?? "";
    const after = rewritten(before);
    if (after !== element.getAttribute("aria-label")) {
      labels.set(element, before);
      element.setAttribute("aria-label", after);
    }
  }
}

/** @param {Node} part */
function writeTexts(part) {
  const left = `script, style, [data-q]:not(.gradient), [data-as-recorded], [data-recorded], textarea, h1, #toolbar${folds.arePrinted ? "" : ", .fold:not([open]) > :not(summary)"}`;
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
    !(node instanceof Element) ? NodeFilter.FILTER_ACCEPT : node.matches(left) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP);
  /** @type {Text[]} */
  const texts = [];
  while (walker.nextNode()) {
    texts.push(/** @type {Text} */ (walker.currentNode));
  }
  for (const text of texts) {
    const parent = text.parentElement;
    if (!parent) {
      continue;
    }
    const before = written.get(text) ?? text.data;
    const after = parent.matches(".partial.one") && notation.sign === "auto" ? "d" : rewritten(before);
    if (after === text.data) {
      continue;
    }
    if (trace.courses && after.includes("^") && !parent.closest("title, option")) {
      const isDrawn = parent instanceof SVGElement;
      const name = isDrawn ? draw("tspan", {}, ...raised(after)) : make("span", {}, ...rich(after));
      name.setAttribute("data-recorded", before);
      text.replaceWith(name);
    } else {
      written.set(text, before);
      text.data = after;
    }
  }
}

/** Whether the chosen lecture has the other convention about the half. */
function isRescaled() {
  return trace.half !== undefined && notation.names === trace.half.notation;
}

function startNotation() {
  const note = make("p", { id: "notation-note", class: "note", "aria-live": "polite" });
  const root = document.documentElement;
  const layers = trace.layers.length > 0 || trace.courses ? " Layers are counted back from the last one, L; neurons from 0." : " Other names stay as they were typed.";
  const apply = () => {
    root.setAttribute("data-notation", notation.names);
    root.setAttribute("data-show", notation.show);
    root.setAttribute("data-cost", isRescaled() ? "other" : "own");
    const factor = isRescaled() ? trace.half?.factor ?? 1 : 1;
    const asksOther = factor !== state.factor && root.getAttribute("data-mode") === "worksheet";
    state.factor = factor;
    note.textContent =
      notation.names === "delta" ? "δ is short for the derivative of the cost by a z, the sum before an activation."
      : notation.names === "3b1b" ? (factor === 2 ? "3Blue1Brown writes the cost of one example without the factor ½, so the cost and every derivative are twice as large here. The minimum is at the same place." : "3Blue1Brown writes no factor ½, and this cost has none to leave out: its numbers stay.") + layers
      : notation.names === "ng" && factor !== 1 ? "Ng writes the factor ½ before a squared error, so the cost and every derivative are half as large here. The minimum is at the same place."
      : notation.names === "ng" ? (trace.half ? "This cost is written with Ng's factor ½ already." : "This cost has no place for Ng's factor ½: its numbers stay.")
      : "";
    refresh();
    writeNames();
    showAgain();
    if (asksOther) {
      setMode("worksheet");
    }
  };
  // Each course counts neurons its own way; the reader may choose the other.
  const countFrom = (/** @type {number} */ base) => {
    notation.base = base;
    /** @type {HTMLInputElement} */ (byId(`base-${base}`)).checked = true;
  };
  const bar = byId("toolbar");
  bar.append(
    choice("Names", "names", [["as-written", "as written"], ["ng", "Ng"], ["3b1b", "3Blue1Brown"], ["delta", "δ"]], notation.names, (v) => {
      notation.names = v;
      if (trace.layers.length > 0) {
        countFrom(v === "3b1b" ? 0 : 1);
      }
      apply();
    }),
    choice("Derivative", "sign", [["partial", "∂ everywhere"], ["auto", "d for one variable"]], notation.sign, (v) => { notation.sign = v; apply(); }),
    choice("Show", "show", [["both", "both"], ["numbers", "numbers"], ["symbols", "symbols"]], notation.show, (v) => { notation.show = v; apply(); }),
  );
  if (trace.layers.length > 0) {
    bar.append(choice("Count from", "base", [["1", "1"], ["0", "0"]], String(notation.base), (v) => { notation.base = Number(v); apply(); }));
  }
  bar.append(choice("Mode", "mode", [["plain", "plain"], ["lecture", "lecture"], ["worksheet", "worksheet"]], "plain", (v) => { setMode(v); apply(); }), note);
  root.setAttribute("data-notation", notation.names);
  root.setAttribute("data-show", "both");
  root.setAttribute("data-mode", "plain");
  views.push(() => writeNames());
  const say = byId("say");
  // Steps are shown as copies of the list's own, so they are written anew after each.
  new MutationObserver(() => writeNames(say)).observe(say, { childList: true });
}

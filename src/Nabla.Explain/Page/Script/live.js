// @ts-check
// Writes every number that stands on the page: whatever has a key is kept true.

/**
 * @param {string} key
 * @returns {Float64Array | undefined}
 */
function current(key) {
  const values = state.now.get(key);
  const scale = values ? scaleOf(key) : 1;
  return values && scale !== 1 ? values.map((v) => v * scale) : values;
}

const idOf = new Map(trace.nodes.map(({ name }, i) => [name, i]));

/**
 * A formula with numbers in the place of names.
 * @param {number} node
 */
function withNumbers(node) {
  const text = ((state.factor !== 1 ? trace.nodes[node].other : undefined) ?? trace.nodes[node].formula ?? "").replace(/[\p{L}_][\p{L}\p{N}_']*(?!\s*\()/gu, (name) => {
    const id = idOf.get(name);
    const values = id === undefined ? undefined : current(`v${id}`);
    return values && values.length === 1 ? signed(values[0]) : name;
  });
  return text.replace(/where\((.+?) <= 0, 0, \1\)/g, "relu($1)").replace(/\*/g, "·").replace(/-/g, "−");
}

/**
 * Writes a text where another stands: what stays costs nothing.
 * @param {Element} element
 * @param {string} text
 */
function put(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/**
 * Writes what does not follow when others are moved, nudges and the step, in the reader's convention about the half.
 */
function writeRecorded() {
  const result = trace.result;
  /**
   * @param {ArrayLike<Element>} cells
   * @param {ArrayLike<number>} values
   * @param {string[]} keys
   */
  const fill = (cells, values, keys) => keys.forEach((key, i) => {
    if (values[i] !== undefined) {
      cells[i].textContent = digits(values[i] * scaleOf(key));
    }
  });
  for (const [at, rows] of rowsOf("nudges")) {
    const { nudges = [], gradient } = trace.nodes[Number(at)];
    rows.forEach((row, i) => fill(row.querySelectorAll("td"), [...nudges.slice(4 * i, 4 * i + 4), ...(gradient ?? [])], [`v${at}`, `v${result}`, `g${at}`, `g${at}`, `g${at}`]));
  }
  const before = trace.nodes[result].values;
  if (!trace.update || document.querySelector("[data-as-recorded] #update")) {
    return;
  }
  for (const [at, [row]] of rowsOf("update")) {
    const cells = row.querySelectorAll("td");
    if (Number(at) === result) {
      fill(cells, before, [`v${at}`]);
    } else {
      fill([cells[1]], trace.nodes[Number(at)].gradient ?? [], [`g${at}`]);
    }
    cells[2].textContent = shortly(afterStep(Number(at)));
  }
  document.querySelectorAll(".result-before").forEach((said) => fill([said], before, [`v${result}`]));
  document.querySelectorAll(".result-after").forEach((said) => (said.textContent = shortly(afterStep(result))));
}

// Before anybody writes other names into it.
document.querySelectorAll("[data-other]").forEach((formula) => formula.setAttribute("data-own", formula.textContent ?? ""));

/** Whether numbers stand otherwise than the page's maker wrote them, now or at any time before. */
let isRewritten = false;

/**
 * Writes the numbers of the page, or of a part of it, that a reader may see.
 * @param {ParentNode} [root]
 */
function writeNumbers(root = document) {
  const isMoved = state.moved.size > 0;
  isRewritten ||= isMoved || state.factor !== 1 || document.documentElement.getAttribute("data-show") === "symbols";
  if (!isRewritten) {
    return;
  }
  for (const element of unfolded("[data-q]", root)) {
    const key = element.getAttribute("data-q") ?? "";
    if (key[0] === "n") {
      // As it was recorded the maker's text is the better one.
      const own = element.getAttribute("data-written") ?? element.textContent ?? "";
      const node = Number(key.slice(1));
      const isOwn = !isMoved && (state.factor === 1 || trace.nodes[node].other === undefined);
      put(element, isOwn ? own : withNumbers(node));
      if (isOwn) {
        element.removeAttribute("data-written");
      } else {
        element.setAttribute("data-written", own);
      }
      continue;
    }
    const values = current(key);
    if (values && key[0] === "g" && element.classList.contains("gradient")) {
      const symbol = `∂${trace.nodes[trace.result].shown}/∂${trace.nodes[Number(key.slice(1))].shown}`;
      const show = document.documentElement.getAttribute("data-show");
      put(element, show === "symbols" ? rewritten(symbol) : shortly(values));
    } else if (values) {
      put(element, element.parentElement?.className === "numbers" && values.length === 1 ? signed(values[0]) : shortly(values, element.classList.contains("contribution") ? 6 : 10));
      if (element.hasAttribute("title") && values.length === 1) {
        element.setAttribute("title", String(values[0]));
      }
    }
  }
  for (const formula of unfolded("[data-other]", root)) {
    put(formula, formula.getAttribute(state.factor === 1 ? "data-own" : "data-other") ?? "");
  }
  if (trace.half && root === document) {
    writeRecorded();
  }
  for (const matrix of unfolded("[data-matrix]", root)) {
    const values = current(matrix.getAttribute("data-matrix") ?? "");
    matrix.querySelectorAll("td").forEach((cell, i) => {
      put(cell, values ? brief(values[i] + 0) : ""); // a zero without a sign, which its title has
    });
  }
  document.documentElement.classList.toggle("moved", isMoved);
}

/** @type {(() => void)[]} */
const views = [];

/** After anything changed: recompute, and let every view draw itself. */
function refresh() {
  state.now = state.moved.size > 0 ? computed(state.moved) : recorded();
  writeNumbers();
  for (const draw of views) {
    draw();
  }
}

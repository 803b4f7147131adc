// @ts-check
// The formulas of the walk stand in the tables. Here each step gets its own, put together from there, so that the file holds every formula once.

/**
 * The rows of a table by the number of their value.
 * @param {string} table
 * @returns {Map<string, Element[]>}
 */
function rowsOf(table) {
  /** @type {Map<string, Element[]>} */
  const rows = new Map();
  for (const row of document.querySelectorAll(`#${table} > tbody > tr`)) {
    const node = row.getAttribute("data-node") ?? "";
    rows.set(node, [...(rows.get(node) ?? []), row]);
  }
  return rows;
}

/**
 * Copies of what an element holds.
 * @param {Element | null | undefined} from
 * @returns {Node[]}
 */
function copies(from) {
  return [...(from?.childNodes ?? [])].map((part) => part.cloneNode(true));
}

/**
 * Terms with a sign between them.
 * @param {Node[][]} terms
 * @returns {(Node | string)[]}
 */
function added(terms) {
  return terms.flatMap((term, i) => (i > 0 ? [" + ", ...term] : term));
}

/**
 * The value that a step ends with.
 * @param {string} style
 * @param {string} key
 */
function outcome(style, key) {
  return make("span", { class: "outcome" }, " = ", make("b", { class: style, "data-q": key }, shortly(state.now.get(key) ?? [])));
}

/** A derivative by a z has another name, δ: it stands beside the fraction, and the reader's choice decides which is seen. */
function nameDeltas() {
  for (const math of document.querySelectorAll("math")) {
    const [above, below] = math.childElementCount === 1 && math.firstElementChild?.localName === "mfrac" ? math.firstElementChild.children : [];
    const by = below?.firstElementChild?.textContent === "∂" ? below.lastElementChild : null;
    const delta = /** @type {Element | undefined} */ (by?.cloneNode(true));
    const letter = delta?.firstElementChild ?? delta;
    if (delta && letter?.textContent === "z" && above.lastElementChild?.outerHTML !== by?.outerHTML) {
      letter.textContent = "δ";
      const other = /** @type {Element} */ (math.cloneNode());
      other.append(delta);
      other.classList.add("delta");
      math.classList.add("by");
      math.after(other);
    }
  }
}

function startWalk() {
  nameDeltas();
  const [forward, backward] = [rowsOf("forward"), rowsOf("backward")];
  for (const item of document.querySelectorAll("#steps > li[data-node]")) {
    const node = item.getAttribute("data-node") ?? "";
    if (item.querySelector(".formula")) {
      continue; // of tensors: written for itself
    }
    if (item.getAttribute("data-kind") === "forward") {
      const [name, formula, numbers] = forward.get(node)?.[0]?.querySelectorAll(":scope > th, :scope > th ~ td") ?? [];
      const withNumbers = numbers?.hasAttribute("data-q") ? [make("span", { class: "numbers" }, " = ", make("span", { "data-q": `n${node}` }, ...copies(numbers)))] : [];
      item.append(make("p", { class: "formula" }, make("span", { class: "symbols" }, ...copies(name).slice(0, 1), " = ", ...copies(formula)), ...withNumbers, outcome("forward", `v${node}`)));
      continue;
    }
    const rows = backward.get(node) ?? [];
    const symbols = rows.map((row) => copies(row.querySelector(".symbols"))).filter((part) => part.length > 0);
    const numbers = rows.map((row) => copies(row.querySelector(".numbers"))).filter((part) => part.length > 0);
    item.append(
      make("p", { class: "formula" }, ...copies(rows[0]?.querySelector("th")),
        ...(symbols.length > 0 ? [make("span", { class: "symbols" }, " = ", ...added(symbols)), make("span", { class: "numbers" }, " = ", ...added(numbers))] : []),
        outcome("back", `g${node}`)),
    );
  }
}

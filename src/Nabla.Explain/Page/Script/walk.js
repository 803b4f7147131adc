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
  for (const row of document.querySelectorAll(`#${table} tr[data-node]`)) {
    const node = row.getAttribute("data-node") ?? "";
    rows.set(node, [...(rows.get(node) ?? []), row]);
  }
  return rows;
}

/**
 * Copies of what an element holds, as the maker wrote it.
 * @param {Element | null | undefined} from
 * @returns {Node[]}
 */
function copies(from) {
  return [...(from?.childNodes ?? [])].map((part) => asWritten(part, part.cloneNode(true)));
}

/**
 * A copy with the names that the maker wrote, whatever names the reader chose since.
 * @param {Node} from
 * @param {Node} copy
 */
function asWritten(from, copy) {
  copy.nodeValue = written.get(from) ?? copy.nodeValue;
  from.childNodes.forEach((part, i) => asWritten(part, copy.childNodes[i]));
  return copy;
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
  if (!trace.nodes.some(({ name }) => name.startsWith("z"))) {
    return;
  }
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

const walk = { forward: rowsOf("forward"), backward: rowsOf("backward") };

/**
 * Writes the formula of a step.
 * @param {Element} item
 */
function walkTo(item) {
  const node = item.getAttribute("data-node");
  if (node === null || item.querySelector(".formula")) {
    return; // nothing to write, or of tensors: written for itself
  }
  if (item.getAttribute("data-kind") === "forward") {
    const [name, formula, numbers] = walk.forward.get(node)?.[0]?.querySelectorAll(":scope > th, :scope > th ~ td") ?? [];
    const withNumbers = numbers?.hasAttribute("data-q")
      ? [make("span", { class: "numbers" }, " = ", make("span", { "data-q": `n${node}` }, numbers.getAttribute("data-written") ?? numbers.textContent ?? ""))] : [];
    item.append(make("p", { class: "formula" }, make("span", { class: "symbols" }, ...copies(name).slice(0, 1), " = ", ...copies(formula)), ...withNumbers, outcome("forward", `v${node}`)));
    return;
  }
  const rows = walk.backward.get(node) ?? [];
  const symbols = rows.map((row) => copies(row.querySelector(".symbols"))).filter((part) => part.length > 0);
  const numbers = rows.map((row) => copies(row.querySelector(".numbers"))).filter((part) => part.length > 0);
  item.append(
    make("p", { class: "formula" }, ...copies(rows[0]?.querySelector("th")),
      ...(symbols.length > 0 ? [make("span", { class: "symbols" }, " = ", ...added(symbols)), make("span", { class: "numbers" }, " = ", ...added(numbers))] : []),
      outcome("back", `g${node}`)),
  );
}

/**
 * Writes the formulas of all steps that a reader may see: those that are folded wait.
 * @param {ParentNode} [root]
 */
function walkThrough(root) {
  unfolded("#steps li", root).forEach(walkTo);
}

// @ts-check
// The names of a lesson's layers as a course writes them: w^[1], or w^(L-1). Each is a letter with an index below and its layer above.

/**
 * The names of the chosen course by the recorded ones; empty where it has none.
 * @returns {Record<string, string>}
 */
function courseNames() {
  return trace.courses?.[notation.names === "delta" ? "ng" : notation.names] ?? {};
}

/**
 * A name taken apart.
 * @param {string} name
 */
function partsOf(name) {
  const [, base = name, below = "", above = ""] = /^([^_^]+)(?:_(\w+))?(?:\^(.+))?$/.exec(name) ?? [];
  return { base, below, above: above.replace("-", "−") };
}

/**
 * A name on a line: w₁₁^(L−1).
 * @param {string} name
 */
function nameOnLine(name) {
  const { base, below, above } = partsOf(name);
  return base + [...below].map((c) => "₀₁₂₃₄₅₆₇₈₉"[Number(c)] ?? c).join("") + (above && `^${above}`);
}

/**
 * A name as mathematics.
 * @param {string} name
 */
function nameAsMath(name) {
  const { base, below, above } = partsOf(name);
  const scripts = [base, below, above].filter(Boolean).map((part) => `<mi>${part}</mi>`).join("");
  const element = below && above ? "msubsup" : below ? "msub" : above ? "msup" : "mrow";
  return `<${element}>${scripts}</${element}>`;
}

/**
 * A line in the names of the chosen course; what is raised stands behind a mark.
 * @param {string} text
 */
function inCourse(text) {
  const names = courseNames();
  /** @type {Map<string, string>} */
  const known = new Map();
  for (const { name, shown } of trace.nodes) {
    if (names[name]) {
      known.set(name, nameOnLine(names[name]));
      known.set(shown, nameOnLine(names[name]));
    }
  }
  return known.size === 0 ? text : text.replace(/[\p{L}_][\p{L}\p{Nd}_₀-₉]*(?!\()/gu, (word) => known.get(word) ?? word);
}

/** The mathematics of all recorded names, and of the other names of derivatives by a z: what the chosen course writes instead. */
function mathOfCourse() {
  const names = courseNames();
  /** @type {Map<string, string>} */
  const known = new Map();
  for (const [at, [row]] of rowsOf("forward")) {
    const { name } = trace.nodes[Number(at)];
    const own = row.querySelector("th > math")?.innerHTML;
    if (names[name] && own) {
      known.set(own, nameAsMath(names[name]));
      known.set(own.replace("<mi>z<", "<mi>δ<"), nameAsMath(names[name].replace(/^z/, "δ")));
    }
  }
  return known;
}

/**
 * Writes the names inside a piece of mathematics.
 * @param {Element} element
 * @param {Map<string, string>} known
 */
function writeMath(element, known) {
  for (const child of [...element.children]) {
    const own = child.outerHTML;
    const name = known.get(own);
    if (name !== undefined) {
      const made = document.createElementNS(element.namespaceURI, "mrow");
      // A power of what has its layer above it stands in parentheses.
      made.innerHTML = element.localName === "msup" && child === element.firstElementChild ? `<mo>(</mo>${name}<mo>)</mo>` : name;
      made.setAttribute("data-recorded", own);
      child.replaceWith(made);
    } else if (child.localName !== "msub") {
      writeMath(child, known); // an index is part of another name
    }
  }
}

/** Puts every name back as it was recorded. */
function recordedNames() {
  for (const element of document.querySelectorAll("[data-recorded]")) {
    const own = element.getAttribute("data-recorded") ?? "";
    if (element instanceof MathMLElement) {
      element.outerHTML = own;
    } else {
      element.replaceWith(own);
    }
  }
}

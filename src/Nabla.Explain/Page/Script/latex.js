// @ts-check
// LaTeX of what is seen: read from the mathematics on the page, so that it has the names, the half and the form that the reader chose.

const greek = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"];

/** @type {Record<string, string>} */
const latexSigns = {
  "−": " - ", "·": " \\cdot ", "⊙": " \\odot ", "≤": " \\leq ", "≥": " \\geq ", "≠": " \\neq ", "∧": " \\wedge ", "∨": " \\vee ", "¬": "\\neg ", "∑": "\\sum", "∀": "\\forall", "∃": "\\exists",
  "∂": "\\partial ", "∞": "\\infty", "½": "\\frac{1}{2}", "(": "\\left(", ")": "\\right)", ",": ", ", "\u2062": " ",
};

/**
 * A letter or word.
 * @param {string} text
 * @param {string} [style] How words are set.
 * @returns {string}
 */
function latexWord(text, style = "\\mathrm") {
  const small = text.length === 1 ? greek[text.charCodeAt(0) - 945] : undefined;
  const large = text.length === 1 ? greek[text.charCodeAt(0) - 913] : undefined;
  return latexSigns[text] ?? (small ? `\\${small}` : large ? `\\${large[0].toUpperCase()}${large.slice(1)}` : /^.$/u.test(text) ? text : text === "C₀" ? "C_{0}" : `${style}{${text.replace(/[_#$%&{}]/g, "\\$&")}}`);
}

/**
 * An index, or what stands above a name.
 * @param {Element} element
 * @returns {string}
 */
function latexScript(element) {
  return element.localName !== "mi" ? latexOf(element) : /^[\p{L}\p{N}[\](),+−-]*$/u.test(element.textContent) && !greek.includes(element.textContent) ? element.textContent.replace("−", "-") : latexWord(element.textContent, "\\text");
}

/**
 * Pieces side by side.
 * @param {Node[]} nodes
 * @returns {string}
 */
function latexRow(nodes) {
  let text = "";
  for (let i = 0; i < nodes.length; i++) {
    const name = nodes[i].textContent ?? "";
    if (nodes[i + 1]?.textContent === "\u2061") {
      // A function, the sign of its application, and what it is applied to, in parentheses.
      const known = name === "σ" ? "\\sigma" : /^(sin|cos|tanh|log|max|min)$/.test(name) ? `\\${name}` : latexWord(name.padEnd(2), "\\operatorname").replace(" }", "}");
      text += `${known}{\\left(${latexRow([...nodes[i + 2].childNodes].slice(1, -1))} \\right)}`;
      i += 2;
    } else {
      text += latexOf(nodes[i]);
    }
  }
  return text;
}

/**
 * A piece of mathematics.
 * @param {Node} node
 * @returns {string}
 */
function latexOf(node) {
  if (!(node instanceof Element)) {
    return [...(node.textContent ?? "")].map((c) => latexSigns[c] ?? c).join("");
  }
  const parts = /** @type {Element[]} */ ([...node.children]);
  const text = node.textContent ?? "";
  const [first, second, third] = parts;
  switch (node.localName) {
    case "mi":
      return node.matches(".partial") && text === "d" ? "d " : latexWord(text, /^[A-Za-z0-9]+$/.test(text) && text !== "NaN" ? "\\mathrm" : "\\text");
    case "mn":
      return text;
    case "mo":
      return text === "{" ? "" : node.getAttribute("form") === "prefix" ? "- " : /^m..$/.test(text) ? `\\${text}` : latexSigns[text] ?? ` ${text} `;
    case "mtext":
      return text === "otherwise" ? "\\text{otherwise}" : "\\text{for}\\: ";
    case "mfrac":
      return `\\frac{${latexOf(first)}}{${latexOf(second)}}`;
    case "msqrt":
      return `\\sqrt{${latexRow(parts)}}`;
    case "mroot":
      return `\\sqrt[${second.textContent}]{${latexOf(first)}}`;
    case "msub":
      return `${latexOf(first)}_{${latexScript(second)}}`;
    case "msubsup":
      return `${latexOf(first)}^{${latexScript(third)}}_{${latexScript(second)}}`;
    case "munder":
      return `${latexOf(first)}_{${second.textContent}} `;
    case "mtable":
      return `\\begin{cases} ${parts.map((row) => [...row.children].map((cell) => latexRow([...cell.childNodes])).join(" & ")).join(" \\\\ ")} \\end{cases}`;
    case "msup": {
      const call = /^(\\(?:sin|cos|tanh|log))(\{\\left\(.*)$/.exec(latexOf(first));
      const above = latexScript(second);
      return call && /^\d+$/.test(above) ? `${call[1]}^{${above}}${call[2]}` : `${latexOf(first)}^{${above}}`;
    }
    default: {
      const pair = first?.localName === "mo" ? { "|": ["|", "|"], "⌊": ["\\lfloor", "\\rfloor"] }[first.textContent ?? ""] : undefined;
      return pair ? `\\left${pair[0]}{${latexRow(parts.slice(1, -1))}}\\right${pair[1]}` : latexRow(parts);
    }
  }
}

/**
 * The formulas that are seen in an element, and the signs between them.
 * @param {Node} node
 * @returns {string}
 */
function latexSeen(node) {
  if (!(node instanceof Element)) {
    return latexOf(node);
  }
  if (node.matches(".numbers, .outcome") || (!node.matches(".symbols") && getComputedStyle(node).display === "none")) {
    return "";
  }
  return node.localName === "math" ? latexRow([...node.children]) : [...node.childNodes].map(latexSeen).join("");
}

/** The formula of the step that is shown; null where it is none that mathematics has signs for. */
function latexOfStep() {
  const formula = document.querySelector("#say .formula");
  if (!formula?.querySelector("math") || formula.querySelector("code")) {
    return null;
  }
  const seen = latexSeen(formula);
  return (seen.includes("=") ? seen : seen + [...(formula.querySelector(".outcome")?.childNodes ?? [])].map((part) => part.textContent).join("")).replace(/ +/g, " ").trim();
}

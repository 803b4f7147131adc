// @ts-check
// Modes: plain, lecture (large), and worksheet, where the student fills in the numbers.

/** @typedef {{ key: string, cell: HTMLElement, said: HTMLElement }} Blank */

/** @type {Blank[]} */
const blanks = [];

/** @param {string} mode */
function setMode(mode) {
  document.documentElement.setAttribute("data-mode", mode);
  closeWorksheet();
  if (mode === "worksheet") {
    openWorksheet();
  }
}

function closeWorksheet() {
  for (const { cell, said } of blanks.splice(0)) {
    cell.remove();
    said.remove();
  }
  document.getElementById("worksheet-result")?.remove();
  document.getElementById("answer-key")?.remove();
}

// The numbers to find: each computed value, and each gradient but the one where it begins.
function openWorksheet() {
  const cells = [...document.querySelectorAll("#forward td.number[data-q], #backward td.number[data-q^=g]")];
  /** @type {[string, string][]} */
  const answers = [];
  for (const cell of cells) {
    const key = cell.getAttribute("data-q") ?? "";
    const node = trace.nodes[Number(key.slice(1))];
    const values = current(key);
    if (!values || values.length !== 1 || (key[0] === "v" && !node.formula) || (key[0] === "g" && Number(key.slice(1)) === trace.result)) {
      continue;
    }
    const name = key[0] === "v" ? node.shown : `∂${trace.nodes[trace.result].shown}/∂${node.shown}`;
    const blank = /** @type {HTMLInputElement} */ (make("input", { type: "text", inputmode: "decimal", class: "blank", size: "8", "aria-label": `Your value of ${name}`, "data-blank": key }));
    const said = make("span", { class: "judgement", "aria-live": "polite" });
    blank.addEventListener("change", () => judge(key, blank, said));
    const answer = make("td", { class: "worksheet-cell", rowspan: cell.getAttribute("rowspan") ?? "1" }, blank, said);
    cell.after(answer);
    blanks.push({ key, cell: answer, said });
    answers.push([name, digits(values[0])]);
  }
  const result = make("p", { id: "worksheet-result", "aria-live": "polite" }, `Fill in the ${blanks.length} numbers. ${digits(0)} of ${blanks.length} are right.`);
  byId("numbers-title").after(result);
  const list = make("ol", {}, ...answers.map(([name, value]) => make("li", {}, `${name} = ${value}`)));
  document.querySelector("main")?.append(make("section", { id: "answer-key" }, make("h2", {}, "Answers"), make("details", {}, make("summary", {}, "Show the answers"), list), make("div", { class: "print-only" }, list.cloneNode(true))));
}

/**
 * Whether an answer is right, and if not, what went wrong as far as the number tells.
 * @param {string} key
 * @param {HTMLInputElement} blank
 * @param {HTMLElement} said
 */
function judge(key, blank, said) {
  const value = typed(blank.value);
  const right = current(key)?.[0] ?? NaN;
  const words = value === null ? (blank.value.trim() === "" ? "" : "a number, please")
    : mistake(key, value, right) || (isWritten(blank.value.trim(), value, right) ? "" : "nearly: exactly, or rounded to three digits or more");
  const isRight = value !== null && words === "";
  blank.classList.toggle("right", isRight);
  blank.classList.toggle("wrong", value !== null && !isRight);
  said.textContent = isRight ? "✓" : words;
  const done = document.querySelectorAll(".blank.right").length;
  byId("worksheet-result").textContent = `${done} of ${blanks.length} are right.${done === blanks.length ? " All of it: well done." : ""}`;
}

/**
 * Whether a number is exact but for rounding, or has three digits and more of which each is right: -4.02 is not -4.
 * @param {string} text
 * @param {number} value
 * @param {number} right
 */
function isWritten(text, value, right) {
  if (Math.abs(value - right) <= 1e-9 * Math.max(Math.abs(value), Math.abs(right)) + 1e-12) {
    return true;
  }
  const [, whole = "", part = "", exponent = "0"] = /^[-−–+]?(\d*)(?:[.,](\d*))?(?:e([-+]?\d+))?$/i.exec(text) ?? [];
  return (whole + part).replace(/^0+/, "").length >= 3 && Math.abs(value - right) <= 0.5 * 10 ** (Number(exponent) - part.length) * (1 + 1e-9);
}

/**
 * Which factor of a wrong answer is wrong; an empty text for a right one.
 * @param {string} key
 * @param {number} value
 * @param {number} right
 * @returns {string}
 */
function mistake(key, value, right) {
  /** @param {number} other */
  const same = (other) => Math.abs(value - other) <= 5e-3 * Math.max(Math.abs(other), 1e-6);
  if (same(right)) {
    return "";
  }
  const node = trace.nodes[Number(key.slice(1))];
  const uses = trace.edges.map((edge, i) => ({ edge, i })).filter(({ edge }) => edge.from === Number(key.slice(1)));
  if (key[0] === "g") {
    for (const { edge, i } of uses) {
      const local = current(`l${i}`)?.[0];
      const upstream = current(`g${edge.to}`)?.[0];
      const user = trace.nodes[edge.to].shown;
      if (local !== undefined && upstream !== undefined) {
        // A local derivative that is itself a number of the graph is the one whose sign goes astray.
        if (same(-right)) {
          return right !== 0 ? `the sign of ${edge.local && /^[\p{L}_]\w*$/u.test(edge.formula) ? edge.formula : `∂${user}/∂${node.shown}`}` : "it is 0";
        }
        if (uses.length > 1 && same(current(`c${i}`)?.[0] ?? NaN)) {
          return `only the path through ${user}: add the others`;
        }
        if (same(upstream)) {
          return `that is what arrives from ${user}; times ∂${user}/∂${node.shown}`;
        }
        if (same(local)) {
          return `that is only the local derivative; times what arrives from ${user}`;
        }
      }
    }
  }
  if (same(-right)) {
    return "the sign";
  }
  return same(2 * right) ? "twice too large: the half" : same(right / 2) ? "half of it: is a 2 missing?" : "not yet";
}

// @ts-check
// The walk through the computation. A step is a number; what is seen is what that number shows, so that going back is as exact as going on.

/**
 * An element with content.
 * @param {string} name
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} content
 * @returns {HTMLElement}
 */
function make(name, attributes = {}, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.append(...content);
  return element;
}

/**
 * The pieces of a line: what stands after ^ in brackets is high.
 * @param {string} text
 */
function pieces(text) {
  return text.split(/(\^(?:\[[^\]]*\]|\([^)]*\)))/).filter(Boolean).map((part) => ({ part: part.replace(/^\^(?=[[(])/, ""), isHigh: /^\^[[(]/.test(part) }));
}

/**
 * A line of mathematics with what is high set high.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
function rich(text) {
  return pieces(text).map(({ part, isHigh }) => (isHigh ? make("sup", {}, part) : part));
}

/**
 * A button that says what it does.
 * @param {string} sign
 * @param {string} label
 * @param {() => void} act
 */
function button(sign, label, act) {
  const made = /** @type {HTMLButtonElement} */ (make("button", { type: "button", "aria-label": label, title: label }, sign));
  made.addEventListener("click", act);
  return made;
}

/**
 * Puts text where the reader can paste it from, and says so on the button. Pages opened from a disk may not reach the clipboard by its own door: then a selection is copied.
 * @param {string} text
 * @param {HTMLElement} told
 */
async function copyText(text, told) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = /** @type {HTMLTextAreaElement} */ (make("textarea", { readonly: "" }));
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    told.focus();
  }
  told.textContent = "copied";
  told.dataset.copied = text;
}

const stepItems = [...document.querySelectorAll("#steps li")];
const lastStep = stepItems.length - 1;

/** Shows the step that is shown once more: its words were written anew. */
let showAgain = () => {};

/** The step that the address names; the last one where it names none. */
function stepInAddress() {
  const named = /(?:^#|&)step=(\d+)/.exec(location.hash);
  return named ? Math.min(Number(named[1]), lastStep) : lastStep;
}

function startStepper() {
  const first = button("|◀", "First step", () => goTo(0));
  const back = button("◀", "One step back", () => goTo(state.step - 1));
  const on = button("▶", "One step on", () => goTo(state.step + 1));
  const last = button("▶|", "Last step", () => goTo(lastStep));
  const copy = button("LaTeX", "Copy this step's formula as LaTeX", () => copyText(latexOfStep() ?? "", copy));
  copy.id = "copy-latex";
  const count = make("span", { class: "count-of", id: "step-count" });
  const say = make("div", { class: "say", id: "say", "aria-live": "polite" });
  byId("stepper").append(make("div", { class: "buttons", role: "group", "aria-label": "Walk through the computation" }, first, back, on, last, copy, count), say);

  const appearing = [...document.querySelectorAll("[data-shown]")].map((element) => /** @type {[Element, number]} */ ([element, Number(element.getAttribute("data-shown"))]));
  const boxes = document.querySelectorAll(".graph .node");
  const edges = document.querySelectorAll(".graph .edge");
  /** The part of a large graph that the last step opened. @type {HTMLDetailsElement | null} */
  let opened = null;

  /** @param {number} step */
  function show(step) {
    state.step = step;
    for (const [element, from] of appearing) {
      element.classList.toggle("later", from > step);
    }
    const item = stepItems[step];
    walkTo(item);
    const node = item.getAttribute("data-node");
    const paths = new Set((item.getAttribute("data-paths") ?? "").split(" ").filter(Boolean));
    for (const box of boxes) {
      box.classList.toggle("now", node !== null && box.getAttribute("data-node") === node);
    }
    const kind = item.getAttribute("data-kind");
    for (const edge of edges) {
      const path = edge.getAttribute("data-path");
      edge.classList.toggle("now", path !== null ? paths.has(path) : kind === "forward" && edge.getAttribute("data-to") === node);
    }
    stepItems.forEach((each, i) => (i === step ? each.setAttribute("aria-current", "step") : each.removeAttribute("aria-current")));
    first.disabled = back.disabled = step === 0;
    on.disabled = last.disabled = step === lastStep;
    copy.textContent = "LaTeX";
    count.textContent = `Step ${step} of ${lastStep}`;
    say.replaceChildren(...[...item.children].map((part) => part.cloneNode(true)));
    writeNumbers(say);
    copy.disabled = latexOfStep() === null;
    // The part of a large graph that a step is about opens, and closes when the walk leaves it.
    const fold = [...boxes].find((box) => box.getAttribute("data-node") === node)?.closest("details") ?? null;
    if (opened && opened !== fold) {
      opened.open = false;
      opened = null;
    }
    if (fold && !fold.open && location.hash) {
      fold.open = true;
      opened = fold;
    }
  }

  /** @param {number} step */
  function goTo(step) {
    const inside = Math.max(0, Math.min(lastStep, step));
    history.replaceState(null, "", `#step=${inside}`);
    show(inside);
  }

  stepItems.forEach((item, i) => item.addEventListener("click", () => goTo(i)));
  addEventListener("hashchange", () => show(stepInAddress()));
  addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.altKey || event.ctrlKey || event.metaKey || target.closest("input, select, textarea, [role=slider]")) {
      return;
    }
    const steps = { ArrowLeft: state.step - 1, ArrowRight: state.step + 1, Home: 0, End: lastStep };
    const step = steps[/** @type {keyof typeof steps} */ (event.key)];
    if (step !== undefined) {
      event.preventDefault();
      goTo(step);
    }
  });
  showAgain = () => show(state.step);
  show(stepInAddress());
}

// @ts-check
// Joins pad, network and cards.

/** @type {Drawn} */
const data = JSON.parse(byId('data').textContent ?? '');
const { picture, classes } = data;
const network = new Network(data);
const examples = data.examples.map((e) => ({ label: e.label, pixels: numbersOf(e.bits, 'float32') }));

/** @type {Sight | null} */
let sight = null;
/** @type {number | null} the class whose reasons are shown; null follows the answer */
let asked = null;
/** The answer of the frame before: what speaks for it is asked for at once, as it seldom changes while a line grows. */
let expected = 0;
/** @type {[number, number] | null} the unit that is open; null follows the answer */
let unit = null;
/** @type {Float64Array} */
let pixels = new Float64Array(picture.height * picture.width);
let waiting = false;

const bars = new Bars(byId('bars'), classes, (c) => {
  asked = asked === c ? null : c;
  unit = null;
  refresh();
});
const layers = new Layers(byId('layers'), data, (l, u) => {
  unit = [l, u];
  refresh();
  byId('unit').scrollIntoView({ block: 'nearest' });
}, (text) => {
  byId('layer-told').textContent = text;
});
const units = new UnitCard(data);
const steps = new StepCard(data, units);
const pad = new Pad(find('pad', HTMLCanvasElement), picture, later, announce);

/** At most once a frame, however fast the pen moves. */
function later() {
  if (!waiting) {
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      refresh();
    });
  }
}

function refresh() {
  pad.paint();
  pixels = pad.pixels();
  const isEmpty = pixels.every((p) => p === 0);
  sight = isEmpty ? null : network.look(pixels, asked ?? expected);
  const answer = sight ? placeOfLargest(sight.probabilities) : 0;
  const chosen = asked ?? answer;
  if (sight && chosen !== (asked ?? expected)) {
    sight = network.look(pixels, chosen);
  }
  expected = answer;
  byId('answer').textContent = byId('answer-here').textContent = sight ? `The answer is ${classes[answer]}, ${percent(sight.probabilities[answer])} sure.` : 'Draw, and it answers.';
  byId('why-title').textContent = sight ? `Which pixels speak for ${classes[chosen]}` : 'Which pixels speak for the answer';
  bars.show(sight && sight.probabilities, chosen);
  const open = sight ? unit ?? [data.layers.length - 1, chosen] : null;
  layers.show(sight, /** @type {[number, number] | null} */ (open));
  paintInk(find('seen', HTMLCanvasElement), pixels, picture.width, picture.max);
  paintHeat(find('heat', HTMLCanvasElement), sight ? speech(sight) : new Float64Array(pixels.length), picture.width);
  byId('unit').hidden = open === null;
  if (sight && open) {
    units.show(open[0], open[1], sight, network.memory);
  }
  if (find('values', HTMLDetailsElement).open) {
    layers.table(byId('values-table'), sight);
  }
  if (find('pixels', HTMLDetailsElement).open) {
    tablePixels();
  }
  find('teach', HTMLButtonElement).disabled = find('teach-ten', HTMLButtonElement).disabled = isEmpty;
  find('undo', HTMLButtonElement).disabled = network.steps.length === 0;
  find('reset', HTMLButtonElement).disabled = network.memory === network.trained;
  window.dispatchEvent(new Event('drawn'));
}

/** Ink times slope: what each pixel adds to the chosen score, to first order. @param {Sight} s */
function speech(s) {
  return s.spoken.map((slope, i) => slope * pixels[i]);
}

/** @param {number} r @param {number} c */
function tellPixel(r, c) {
  const i = r * picture.width + c;
  byId('pixel-told').textContent = sight
    ? `Row ${r}, column ${c}: ink ${shown(pixels[i])} of ${picture.max}, slope ${shown(sight.spoken[i])}, speaks ${shown(sight.spoken[i] * pixels[i])}.`
    : `Row ${r}, column ${c}: no ink.`;
}

function tablePixels() {
  const s = sight;
  const spoken = s ? speech(s) : new Float64Array(0);
  byId('pixel-rows').replaceChildren(...placesOfLargest(spoken, 20).filter((i) => spoken[i] !== 0).map((i) =>
    row(`row ${Math.floor(i / picture.width)}, column ${i % picture.width}`, told(pixels[i]), told(s ? s.spoken[i] : 0), told(spoken[i]))));
}

/** Says the answer once a line is drawn, not at every frame. */
function announce() {
  refresh();
  byId('said').textContent = byId('answer').textContent;
}

/** @param {number} times */
function teachIt(times) {
  const label = Number(find('label', HTMLSelectElement).value);
  const rate = data.ratePlanned ? data.learningRate : Number(find('rate', HTMLInputElement).value);
  if (!Number.isFinite(rate) || rate < 0) {
    byId('step-said').textContent = 'The learning rate has to be a number of 0 or more.';
    return;
  }
  let step = network.teach(pixels, label, rate);
  for (let i = 1; i < times; i++) {
    step = network.teach(pixels, label, rate);
  }
  steps.show(step);
  refresh();
  byId('rose').hidden = !(step.sightAfter.loss > step.loss);
  const [before, after] = [step.sightBefore, step.sightAfter].map((s) => `${shown(100 * s.probabilities[label], 6)} %`);
  byId('step-said').textContent =
    `Step ${shown(step.after[data.iteration][0])} is made${times > 1 ? `, the last of ${times}` : ''}: "${classes[label]}" went from ${before} to ${after}, the loss from ${shown(step.loss, 6)} to ${shown(step.sightAfter.loss, 6)}.`;
}

byId('teach').addEventListener('click', () => teachIt(1));
byId('teach-ten').addEventListener('click', () => teachIt(10));
byId('undo').addEventListener('click', () => {
  network.undo();
  steps.show(network.steps[network.steps.length - 1] ?? null);
  refresh();
  byId('rose').hidden = true;
  byId('step-said').textContent = `The step is taken back: ${shown(network.memory[data.iteration][0])} steps are made.`;
});
byId('reset').addEventListener('click', () => {
  network.reset();
  steps.show(null);
  refresh();
  byId('rose').hidden = true;
  byId('step-said').textContent = 'The network is as it was trained.';
});
byId('clear').addEventListener('click', () => {
  pad.clear();
  byId('said').textContent = 'The pad is empty.';
});
byId('undo-line').addEventListener('click', () => pad.undo());
byId('digits').addEventListener('change', () => {
  allDigits = find('digits', HTMLInputElement).checked;
  steps.show(steps.step);
  refresh();
});
byId('values').addEventListener('toggle', refresh);
byId('pixels').addEventListener('toggle', refresh);
for (const button of document.querySelectorAll('button.example')) {
  button.addEventListener('click', () => {
    const example = examples[Number(button.getAttribute('data-example'))];
    find('label', HTMLSelectElement).value = String(example.label);
    asked = unit = null;
    pad.show(example.pixels);
    announce();
  });
}
askable(find('seen', HTMLCanvasElement), picture.width, picture.height, tellPixel);
askable(find('heat', HTMLCanvasElement), picture.width, picture.height, tellPixel);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  steps.show(steps.step);
  refresh();
});

byId('plain').hidden = true;
find('rate', HTMLInputElement).value = String(data.learningRate);
find('rate', HTMLInputElement).disabled = data.ratePlanned;
find('label', HTMLSelectElement).value = String(classes.length > 7 ? 7 : 0);

// For teachers with a console open, and for the tests: every number as it is.
Object.assign(window, { drawSeven: { network, pad, get pixels() { return pixels; }, get sight() { return sight; } } });
refresh();

// @ts-check
// What the page shows of a sight and of a step.

let allDigits = false;

// What stands in a table is compared at a glance.
const TABLE_DIGITS = 6;

/** A number in a table: a few digits, or, on demand, all that tell it from its neighbours. @param {number} value */
function told(value) {
  return allDigits ? String(value).replaceAll('-', '−') : shown(value, TABLE_DIGITS);
}

/** @param {string} id @returns {any} */
function byId(id) {
  return document.getElementById(id);
}

/**
 * @param {string} name
 * @param {Record<string, string>} [attributes]
 * @param {...(string | Node)} content
 * @returns {HTMLElement}
 */
function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...content);
  return made;
}

/** A row of a table: its head, then cells of numbers. @param {string | Node} head @param {...(string | Node)} cells */
function row(head, ...cells) {
  return element('tr', {}, element('th', { scope: 'row' }, head), ...cells.map((c) => element('td', {}, c)));
}

/** The classes as bars; each is a button that asks what spoke for it. */
class Bars {
  /** @param {HTMLElement} list @param {string[]} classes @param {(chosen: number) => void} choose */
  constructor(list, classes, choose) {
    this.rows = classes.map((name, c) => {
      const fill = element('span', { class: 'fill' });
      const text = element('span', { class: 'number' });
      const button = element('button', { type: 'button', class: 'bar' }, element('span', { class: 'name' }, name), element('span', { class: 'track' }, fill), text);
      button.addEventListener('click', () => choose(c));
      list.append(element('li', {}, button));
      return { button, fill, text, name };
    });
  }

  /** @param {ArrayLike<number> | null} probabilities @param {number} chosen */
  show(probabilities, chosen) {
    this.rows.forEach(({ button, fill, text, name }, c) => {
      const p = probabilities ? probabilities[c] : 0;
      fill.style.width = `${100 * p}%`;
      text.textContent = probabilities ? percent(p) : '';
      button.setAttribute('aria-pressed', String(probabilities !== null && c === chosen));
      button.setAttribute('aria-label', `${name}: ${probabilities ? percent(p) : 'nothing drawn'}`);
    });
  }
}

/** The layers, each value a small field; arrow keys move among the fields of a layer. */
class Layers {
  // More fields than this are a picture of nothing.
  static MOST = 256;

  /** @param {HTMLElement} place @param {any} data @param {(layer: number, unit: number) => void} choose @param {(text: string) => void} tell */
  constructor(place, data, choose, tell) {
    this.data = data;
    /** @type {ArrayLike<number>[]} */
    this.values = [];
    this.fields = data.layers.map((/** @type {any} */ layer, /** @type {number} */ l) => {
      const count = Math.min(layer.units, Layers.MOST);
      const group = element('div', { role: 'group', class: 'units', 'aria-label': this.title(l) });
      const fields = Array.from({ length: count }, (_, u) => {
        const field = element('button', { type: 'button', class: 'unit', tabindex: u === 0 ? '0' : '-1' });
        const name = () => `${layer.name}, unit ${u}: ${this.values[l] ? shown(this.values[l][u]) : 'no value yet'}`;
        field.addEventListener('pointerenter', () => tell(name()));
        field.addEventListener('focus', () => {
          field.setAttribute('aria-label', name());
          tell(name());
        });
        field.addEventListener('click', () => choose(l, u));
        group.append(field);
        return field;
      });
      group.addEventListener('keydown', (e) => {
        const at = fields.indexOf(/** @type {HTMLElement} */ (document.activeElement));
        const move = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
        if (at >= 0 && move) {
          e.preventDefault();
          const next = Math.min(count - 1, Math.max(0, at + move));
          fields[at].tabIndex = -1;
          fields[next].tabIndex = 0;
          fields[next].focus();
        }
      });
      const more = count < layer.units ? [element('p', { class: 'note' }, `The first ${count} of ${layer.units}; the table has all.`)] : [];
      place.append(element('section', { class: 'layer' }, element('h3', {}, this.title(l)), group, ...more));
      return fields;
    });
  }

  /** @param {number} l */
  title(l) {
    const { name, kind, activation, units } = this.data.layers[l];
    return `${name}: ${units} ${units === 1 ? 'value' : 'values'}${activation ? `, ${activation}` : kind === 'Dense' ? ', linear' : ''}`;
  }

  /** @param {Sight | null} sight @param {[number, number] | null} chosen */
  show(sight, chosen) {
    this.data.layers.forEach((/** @type {any} */ layer, /** @type {number} */ l) => {
      const values = sight ? sight.values[layer.output] : new Float64Array(layer.units);
      this.values[l] = sight ? values : [];
      const largest = largestSize(values) || 1;
      this.fields[l].forEach((/** @type {HTMLElement} */ field, /** @type {number} */ u) => {
        field.style.setProperty('--strength', `${(100 * Math.abs(values[u])) / largest}%`);
        field.classList.toggle('negative', values[u] < 0);
        field.classList.toggle('chosen', chosen !== null && chosen[0] === l && chosen[1] === u);
      });
    });
  }

  /** All values as text, for those who read rather than look. @param {HTMLElement} place @param {Sight | null} sight */
  table(place, sight) {
    place.replaceChildren(...(sight === null ? [element('p', {}, 'Draw first.')] : this.data.layers.map((/** @type {any} */ layer, /** @type {number} */ l) => {
      const values = Array.from(sight.values[layer.output]);
      return element('div', { class: 'scroll' }, element('table', {}, element('caption', {}, this.title(l)),
        element('tbody', {}, ...values.map((v, u) => row(`unit ${u}`, told(v))))));
    })));
  }
}

/** One unit: what went in, times its weights, and what came of it. */
class UnitCard {
  static MOST = 8;

  /** @param {any} data */
  constructor(data) {
    this.data = data;
  }

  /** The name of a unit's input. @param {any} layer @param {number} i */
  inputName(layer, i) {
    const { width, height } = this.data.picture;
    const from = this.data.layers.find((/** @type {any} */ l) => l.output === layer.input);
    const count = this.data.variables[layer.kernel].dims[0];
    return from ? `${from.name}, unit ${i}` : count === width * height ? `pixel in row ${Math.floor(i / width)}, column ${i % width}` : `input ${i}`;
  }

  /** @param {number} l @param {number} u @param {Sight} sight @param {Memory} memory */
  show(l, u, sight, memory) {
    const layer = this.data.layers[l];
    const opened = layer.kernel !== undefined;
    byId('unit-title').textContent = `${layer.name}, unit ${u}${l === this.data.layers.length - 1 ? `: the score of ${this.data.classes[u]}` : ''}`;
    byId('unit-closed').hidden = opened;
    byId('unit-open').hidden = !opened;
    if (!opened) {
      byId('unit-closed').textContent = `Its value is ${shown(sight.values[layer.output][u])}. A ${layer.kind} layer is shown as a whole.`;
      return;
    }
    const inputs = sight.values[layer.input];
    const [kernel, units] = [memory[layer.kernel], layer.units];
    const weights = Float64Array.from(inputs, (_, i) => kernel[i * units + u]);
    const products = Float64Array.from(inputs, (a, i) => a * weights[i]);
    const bias = layer.bias === undefined ? 0 : memory[layer.bias][u];
    const [sum, value] = [sight.values[layer.sums][u], sight.values[layer.output][u]];
    const top = placesOfLargest(products, UnitCard.MOST).filter((i) => products[i] !== 0);
    const others = products.reduce((s, p) => s + p, 0) - top.reduce((s, i) => s + products[i], 0);
    byId('unit-formula').textContent = `z = a₀·w₀ + a₁·w₁ + … + b = ${shown(sum)}${layer.activation ? `,  a = ${layer.activation}(z) = ${shown(value)}` : ''}`;
    byId('unit-rows').replaceChildren(
      ...top.map((i) => row(this.inputName(layer, i), told(inputs[i]), told(weights[i]), told(products[i]))),
      row(`the other ${inputs.length - top.length}`, '', '', told(others)),
      ...(layer.bias === undefined ? [] : [row('b, the bias', '', '', told(bias))]),
      row('z, their sum', '', '', told(sum)),
    );
    const isPicture = inputs.length === this.data.picture.width * this.data.picture.height;
    byId('unit-pictures').hidden = !isPicture;
    if (isPicture) {
      paintHeat(byId('unit-weights'), weights, this.data.picture.width);
      paintHeat(byId('unit-products'), products, this.data.picture.width);
    }
  }
}

/** The last training step, number by number. */
class StepCard {
  static MOST = 10;

  /** @param {any} data @param {UnitCard} units */
  constructor(data, units) {
    this.data = data;
    this.units = units;
    /** @type {Step | null} */
    this.step = null;
    this.trained = 0;
    this.place = 0;
    this.isChosen = false;
    const select = byId('weight-of');
    data.trained.forEach((/** @type {any} */ t, /** @type {number} */ i) => {
      const { name, dims } = data.variables[t.variable];
      select.append(element('option', { value: String(i) }, `${name} [${dims.join(' × ')}]`));
    });
    select.addEventListener('change', () => {
      this.trained = Number(select.value);
      this.place = this.step ? placesOfLargest(this.step.gradients[this.trained], 1)[0] : 0;
      this.update();
    });
    for (const id of ['weight-row', 'weight-column']) {
      byId(id).addEventListener('input', () => {
        const [rows, columns] = this.dims();
        const r = Math.min(rows - 1, Math.max(0, Math.floor(Number(byId('weight-row').value) || 0)));
        const c = Math.min(columns - 1, Math.max(0, Math.floor(Number(byId('weight-column').value) || 0)));
        this.place = r * columns + c;
        this.isChosen = true;
        this.update();
      });
    }
  }

  /** The chosen weight's variable as rows and columns; a bias has one row. */
  dims() {
    const { dims } = this.data.variables[this.data.trained[this.trained].variable];
    const columns = dims.length > 0 ? dims[dims.length - 1] : 1;
    return [dims.reduce((/** @type {number} */ a, /** @type {number} */ b) => a * b, 1) / columns, columns];
  }

  /** @param {number} trained @param {number} place */
  nameOf(trained, place) {
    const { variable } = this.data.trained[trained];
    const { name, dims } = this.data.variables[variable];
    const columns = dims.length > 0 ? dims[dims.length - 1] : 1;
    return dims.length < 2 ? `${name}[${place}]` : `${name}[${Math.floor(place / columns)}, ${place % columns}]`;
  }

  /** @param {Step | null} step */
  show(step) {
    this.step = step;
    byId('step').hidden = step === null;
    if (step === null) {
      return;
    }
    if (!this.isChosen && step.gradients[this.trained][this.place] === 0) {
      this.place = placesOfLargest(step.gradients[this.trained], 1)[0];
    }
    const name = this.data.classes[step.label];
    const [before, after] = [step.sightBefore.probabilities, step.sightAfter.probabilities];
    const isPlain = Math.abs(step.loss + Math.log(before[step.label])) <= 1e-9 * Math.abs(step.loss);
    byId('loss-line').textContent =
      `J${isPlain ? ` = −log p(${name}) = −log ${told(before[step.label])}` : ''}: the loss was ${told(step.loss)} and is now ${told(step.sightAfter.loss)}.`;
    byId('before-after').replaceChildren(...this.data.classes.map((/** @type {string} */ c, /** @type {number} */ i) => {
      const bars = element('span', { class: 'pair', 'aria-hidden': 'true' }, element('span', { class: 'old' }), element('span', { class: 'new' }));
      /** @type {HTMLElement} */ (bars.children[0]).style.width = `${100 * before[i]}%`;
      /** @type {HTMLElement} */ (bars.children[1]).style.width = `${100 * after[i]}%`;
      const line = row(c, told(before[i]), told(after[i]), bars);
      line.classList.toggle('taught', i === step.label);
      return line;
    }));
    byId('tensors').replaceChildren(...this.data.trained.map((/** @type {any} */ t, /** @type {number} */ i) => {
      const gradient = step.gradients[i];
      const moves = gradient.map((_, k) => step.after[t.variable][k] - step.before[t.variable][k]);
      return row(this.data.variables[t.variable].name, String(gradient.length), told(Math.sqrt(gradient.reduce((s, g) => s + g * g, 0))), told(largestSize(gradient)), told(largestSize(moves)));
    }));
    const all = step.gradients.flatMap((g, i) => placesOfLargest(g, StepCard.MOST).map((place) => ({ i, place, size: Math.abs(g[place]) })));
    byId('largest').replaceChildren(...all.filter((a) => a.size > 0).sort((a, b) => b.size - a.size).slice(0, StepCard.MOST).map(({ i, place }) => {
      const { variable } = this.data.trained[i];
      const choose = element('button', { type: 'button', class: 'link' }, this.nameOf(i, place));
      choose.addEventListener('click', () => {
        [this.trained, this.place, this.isChosen] = [i, place, true];
        this.update();
        byId('weight-of').focus();
      });
      return row(choose, told(step.gradients[i][place]), told(step.before[variable][place]), told(step.after[variable][place]));
    }));
    this.update();
  }

  /** The chosen weight: its value, gradient, and all that the optimizer remembers of it, before and after. */
  update() {
    const step = this.step;
    if (step === null) {
      return;
    }
    const { variable, slots } = this.data.trained[this.trained];
    const [rows, columns] = this.dims();
    byId('weight-of').value = String(this.trained);
    byId('weight-row-label').hidden = rows === 1;
    for (const [id, most, value] of [['weight-row', rows - 1, Math.floor(this.place / columns)], ['weight-column', columns - 1, this.place % columns]]) {
      byId(id).max = String(most);
      if (Number(byId(id).value) !== value || byId(id).value === '') {
        byId(id).value = String(value);
      }
    }
    const at = (/** @type {Memory} */ memory, /** @type {number} */ v) => memory[v][this.place];
    /** @type {[string, number][]} */
    const kept = [[this.nameOf(this.trained, this.place), variable], ...slots.map((/** @type {any} */ s) => [s.name, s.variable])];
    byId('weight').replaceChildren(
      row('∂J/∂w, the gradient', told(step.gradients[this.trained][this.place]), '', ''),
      ...kept.map(([name, v]) => row(name, told(at(step.before, v)), told(at(step.after, v)), told(at(step.after, v) - at(step.before, v)))),
      row('t, the steps made', told(step.before[this.data.iteration][0]), told(step.after[this.data.iteration][0]), ''),
      row('α, the learning rate', told(step.rate), '', ''),
    );
    byId('rule').textContent = this.data.rule ? `${this.data.optimizer}: ${this.data.rule}` : `The rule is that of ${this.data.optimizer}.`;
    byId('slopes').hidden = rows === 1 || rows !== this.data.picture.height * this.data.picture.width;
    if (!byId('slopes').hidden) {
      const column = this.place % columns;
      const slopes = Float64Array.from({ length: rows }, (_, r) => -step.gradients[this.trained][r * columns + column]);
      byId('slopes-title').textContent = `Where the step pushes the weights of unit ${column}: −∂J/∂w, pixel by pixel`;
      paintHeat(byId('slopes-picture'), slopes, this.data.picture.width);
    }
  }
}

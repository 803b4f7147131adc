// @ts-check
// One training step, opened.

/** The last training step, number by number. */
class StepCard {
  static MOST = 10;

  /** @param {Drawn} data @param {UnitCard} units */
  constructor(data, units) {
    this.data = data;
    this.units = units;
    /** @type {Step | null} */
    this.step = null;
    this.trained = 0;
    this.place = 0;
    this.isChosen = false;
    const select = find('weight-of', HTMLSelectElement);
    const [row, column] = [find('weight-row', HTMLInputElement), find('weight-column', HTMLInputElement)];
    data.trained.forEach((t, i) => {
      const { name, dims } = data.variables[t.variable];
      select.append(element('option', { value: String(i) }, `${name} [${dims.join(' × ')}]`));
    });
    select.addEventListener('change', () => {
      this.trained = Number(select.value);
      this.place = this.step ? placesOfLargest(this.step.gradients[this.trained], 1)[0] : 0;
      this.update();
    });
    for (const field of [row, column]) {
      field.addEventListener('input', () => {
        const [rows, columns] = this.dims();
        const r = Math.min(rows - 1, Math.max(0, Math.floor(Number(row.value) || 0)));
        const c = Math.min(columns - 1, Math.max(0, Math.floor(Number(column.value) || 0)));
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
    return [dims.reduce((a, b) => a * b, 1) / columns, columns];
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
    byId('before-after').replaceChildren(...this.data.classes.map((c, i) => {
      const bars = element('span', { class: 'pair', 'aria-hidden': 'true' }, element('span', { class: 'old' }), element('span', { class: 'new' }));
      /** @type {HTMLElement} */ (bars.children[0]).style.width = `${100 * before[i]}%`;
      /** @type {HTMLElement} */ (bars.children[1]).style.width = `${100 * after[i]}%`;
      const line = row(c, told(before[i]), told(after[i]), bars);
      line.classList.toggle('taught', i === step.label);
      return line;
    }));
    byId('tensors').replaceChildren(...this.data.trained.map((t, i) => {
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
    find('weight-of', HTMLSelectElement).value = String(this.trained);
    byId('weight-row-label').hidden = rows === 1;
    for (const [id, most, value] of /** @type {[string, number, number][]} */ ([['weight-row', rows - 1, Math.floor(this.place / columns)], ['weight-column', columns - 1, this.place % columns]])) {
      const field = find(id, HTMLInputElement);
      field.max = String(most);
      if (Number(field.value) !== value || field.value === '') {
        field.value = String(value);
      }
    }
    const at = (/** @type {Memory} */ memory, /** @type {number} */ v) => memory[v][this.place];
    const kept = [{ name: this.nameOf(this.trained, this.place), variable }, ...slots];
    byId('weight').replaceChildren(
      row('∂J/∂w, the gradient', told(step.gradients[this.trained][this.place]), '', ''),
      ...kept.map((k) => row(k.name, told(at(step.before, k.variable)), told(at(step.after, k.variable)), told(at(step.after, k.variable) - at(step.before, k.variable)))),
      row('t, the steps made', told(step.before[this.data.iteration][0]), told(step.after[this.data.iteration][0]), ''),
      row('α, the learning rate', told(step.rate), '', ''),
    );
    byId('rule').textContent = this.data.rule ? `${this.data.optimizer}: ${this.data.rule}` : `The rule is that of ${this.data.optimizer}.`;
    byId('slopes').hidden = rows === 1 || rows !== this.data.picture.height * this.data.picture.width;
    if (!byId('slopes').hidden) {
      const column = this.place % columns;
      const slopes = Float64Array.from({ length: rows }, (_, r) => -step.gradients[this.trained][r * columns + column]);
      byId('slopes-title').textContent = `Where the step pushes the weights of unit ${column}: −∂J/∂w, pixel by pixel`;
      paintHeat(find('slopes-picture', HTMLCanvasElement), slopes, this.data.picture.width);
    }
  }
}

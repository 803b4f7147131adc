// @ts-check
// The network's values, layer by layer.

/** @type {Record<string, number>} */
const ALONG = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The layers, each value a small field; arrow keys move among the fields of a layer. */
class Layers {
  // More fields than this are a picture of nothing.
  static MOST = 256;

  /** @param {HTMLElement} place @param {Drawn} data @param {(layer: number, unit: number) => void} choose @param {(text: string) => void} tell */
  constructor(place, data, choose, tell) {
    this.data = data;
    /** @type {ArrayLike<number>[]} */
    this.values = [];
    this.fields = data.layers.map((layer, l) => {
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
        const move = ALONG[e.key];
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
    this.data.layers.forEach((layer, l) => {
      const values = sight ? sight.values[layer.output] : new Float64Array(layer.units);
      this.values[l] = sight ? values : [];
      const largest = largestSize(values) || 1;
      this.fields[l].forEach((field, u) => {
        field.style.setProperty('--strength', `${(100 * Math.abs(values[u])) / largest}%`);
        field.classList.toggle('negative', values[u] < 0);
        field.classList.toggle('chosen', chosen !== null && chosen[0] === l && chosen[1] === u);
      });
    });
  }

  /** All values as text, for those who read rather than look. @param {HTMLElement} place @param {Sight | null} sight */
  table(place, sight) {
    place.replaceChildren(...(sight === null ? [element('p', {}, 'Draw first.')] : this.data.layers.map((layer, l) => {
      const values = Array.from(sight.values[layer.output]);
      return element('div', { class: 'scroll' }, element('table', {}, element('caption', {}, this.title(l)),
        element('tbody', {}, ...values.map((v, u) => row(`unit ${u}`, told(v))))));
    })));
  }
}

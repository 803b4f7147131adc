// @ts-check
// The answer, class by class.

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

// @ts-check
// What cards are made of: elements, and rows of numbers.

// Set by the box that asks for all digits.
let allDigits = false;

// What stands in a table is compared at a glance.
const TABLE_DIGITS = 6;

/** A number in a table: a few digits, or, on demand, all that tell it from its neighbours. @param {number} value */
function told(value) {
  return allDigits ? String(value).replaceAll('-', '−') : shown(value, TABLE_DIGITS);
}

/**
 * An element that has to be there, of the kind that it has to be.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
function find(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) {
    throw new Error(`The page has no ${kind.name} '${id}'.`);
  }
  return found;
}

/** @param {string} id */
function byId(id) {
  return find(id, HTMLElement);
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

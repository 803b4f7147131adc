// @ts-check
// Elements of the page.

/**
 * An element of the text.
 * @param {string} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {(Node | string)[]} content
 * @returns {HTMLElement}
 */
function make(tag, attributes = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, String(value));
  }
  element.append(...content);
  return element;
}

/**
 * A field of pixels with words for those who hear the page.
 * @param {string} label
 * @param {string} [style]
 */
function canvas(label, style) {
  return /** @type {HTMLCanvasElement} */ (make("canvas", { role: "img", "aria-label": label, ...(style ? { class: style } : {}) }));
}

/**
 * An element that has to be there.
 * @param {string} id
 */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`The page has no '${id}'.`);
  }
  return found;
}

/**
 * A name as the lectures draw it: the layer of W^[1] stands raised.
 * @param {string} name
 */
function drawn(name) {
  const parts = /^(.+)\^(\[\d+\].*)$/.exec(name);
  return parts ? make("span", {}, parts[1], make("sup", {}, parts[2])) : make("span", {}, name);
}

/**
 * A view with its title and a sentence.
 * @param {string} title
 * @param {(Node | string)[]} text
 * @param {...Element} content
 */
function panel(title, text, ...content) {
  return make("div", { class: "panel" }, make("h3", {}, drawn(title)), make("p", {}, ...text), ...content);
}

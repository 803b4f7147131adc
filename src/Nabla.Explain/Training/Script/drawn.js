// @ts-check
// Elements of drawings, in pages whose maker drew one already.

const drawingSpace = document.querySelector("svg")?.namespaceURI ?? null;

/**
 * An element of a drawing.
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...(Node | string)} content
 * @returns {SVGElement}
 */
function makeDrawn(tag, attributes, ...content) {
  const element = /** @type {SVGElement} */ (document.createElementNS(drawingSpace, tag));
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, String(value));
  }
  element.append(...content);
  return element;
}

// @ts-check
// Small drawings, as lines and words: no library, nothing that moves by itself.

const svgSpace = document.querySelector("svg")?.namespaceURI ?? null;

/**
 * An element of a drawing.
 * @param {string} name
 * @param {Record<string, string | number>} [attributes]
 * @param {...(Node | string)} content
 * @returns {SVGElement}
 */
function draw(name, attributes = {}, ...content) {
  const element = /** @type {SVGElement} */ (document.createElementNS(svgSpace, name));
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "string") {
      element.setAttribute(key, value);
    } else if (Number.isFinite(value)) {
      element.setAttribute(key, String(Math.round(value * 100) / 100));
    } else {
      // What has no place is not drawn.
      element.setAttribute("display", "none");
    }
  }
  element.append(...content);
  return element;
}

/**
 * A line of a drawing with what is high set high.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
function raised(text) {
  const all = pieces(text);
  return all.map(({ part, isHigh }, i) => (isHigh ? draw("tspan", { dy: -5, "font-size": "75%" }, part) : all[i - 1]?.isHigh ? draw("tspan", { dy: 5 }, part) : part));
}

/**
 * An empty drawing with a title for those who hear it.
 * @param {string} style
 * @param {string} title
 * @param {number} width
 * @param {number} height
 */
function sheet(style, title, width, height) {
  return draw("svg", { class: `plot ${style}`, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": title }, draw("title", {}, title));
}

/**
 * A scale from numbers to places.
 * @param {number} low
 * @param {number} high
 * @param {number} from
 * @param {number} to
 * @returns {(value: number) => number}
 */
function scale(low, high, from, to) {
  return (value) => from + ((value - low) / (high - low || 1)) * (to - from);
}

/**
 * The text of a line through points; what is not finite leaves a gap.
 * @param {[number, number][]} points
 */
function line(points) {
  let pen = "M";
  let text = "";
  for (const [x, y] of points) {
    if (Number.isFinite(x) && Number.isFinite(y)) {
      text += `${pen}${x.toFixed(1)},${y.toFixed(1)}`;
      pen = "L";
    } else {
      pen = "M";
    }
  }
  return text;
}

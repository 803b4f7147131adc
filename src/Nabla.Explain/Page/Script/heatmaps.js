// @ts-check
// Large tensors as pictures: blue for more, orange for less. What each says in words stands beside it, written by the page's maker.

/** Draws every heat map as its numbers are now. */
function drawHeat() {
  for (const told of document.querySelectorAll("[data-heat]")) {
    const key = told.getAttribute("data-heat") ?? "";
    const values = current(key);
    if (!values) {
      continue;
    }
    const { shown, dims } = trace.nodes[Number(key.slice(1))];
    let picture = /** @type {HTMLCanvasElement | null} */ (told.querySelector("canvas"));
    if (!picture) {
      const name = key[0] === "g" ? `∂${trace.nodes[trace.result].shown}/∂${shown}` : shown;
      picture = /** @type {HTMLCanvasElement} */ (make("canvas", { role: "img", "aria-label": `Heat map of ${name}: ${told.textContent}` }));
      told.prepend(picture);
    }
    heat(picture, rowOrSquare(dims), values);
    // Each number is a few points wide, and the whole no wider than a column of the table.
    const wide = Math.min(240, picture.width * Math.max(1, Math.floor(120 / picture.width)));
    picture.style.width = `${wide}px`;
  }
}

/**
 * One example's row: as the square picture that it may be, or in several lines.
 * @param {number[]} dims
 */
function rowOrSquare(dims) {
  const count = dims.reduce((a, b) => a * b, 1);
  if (dims[dims.length - 1] !== count) {
    return dims;
  }
  const side = Math.round(Math.sqrt(count));
  return side * side === count ? [side, side] : dims;
}

function startHeat() {
  views.push(drawHeat);
  for (const moment of ["beforeprint", "afterprint"]) {
    addEventListener(moment, () => {
      paper.isWhite = moment === "beforeprint";
      drawHeat();
    });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawHeat);
}

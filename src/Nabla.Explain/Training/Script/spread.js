// @ts-check
// How the values of one weight are spread.

/**
 * From the least to the largest, in words.
 * @param {ArrayLike<number>} values
 */
function range(values) {
  const all = Array.from(values).filter(Number.isFinite);
  if (all.length < 2) {
    return all.length === 0 ? "none" : digits(all[0], 4);
  }
  const [low, high] = [digits(all.reduce((a, b) => Math.min(a, b)), 4), digits(all.reduce((a, b) => Math.max(a, b)), 4)];
  return low === high ? `all ${low}` : `${low} to ${high}`;
}

/**
 * How many values fall into each of some bins.
 * @param {ArrayLike<number>} values
 * @param {number} bins
 */
function histogram(values, bins) {
  const all = Array.from(values).filter(Number.isFinite);
  const low = all.reduce((a, b) => Math.min(a, b), Infinity);
  const high = all.reduce((a, b) => Math.max(a, b), -Infinity);
  /** @type {number[]} */
  const counts = new Array(bins).fill(0);
  for (const value of all) {
    counts[high > low ? Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins)) : 0]++;
  }
  return { low, high, counts };
}

/**
 * A bar for each part of the range.
 * @param {ArrayLike<number>} values
 */
function bars(values) {
  const { low, high, counts } = histogram(values, 21);
  const most = Math.max(1, ...counts);
  const drawing = makeDrawn("svg", { class: "bars", viewBox: "0 0 210 44", role: "img", "aria-label": `How its values are spread from ${digits(low, 4)} to ${digits(high, 4)}` },
    ...counts.map((count, i) => {
      const height = (count / most) * 40;
      return makeDrawn("rect", { x: i * 10, y: 42 - height, width: 9, height: Math.max(height, count > 0 ? 1 : 0) });
    }));
  return make("div", {}, drawing, make("div", { class: "ends" }, make("span", {}, digits(low, 4)), make("span", {}, "how many values are how large"), make("span", {}, digits(high, 4))));
}

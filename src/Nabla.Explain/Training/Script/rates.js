// @ts-check
// The rate of each number, and which way it went.

/**
 * Whether a number kept going one way over its last moves: the slides' "same direction" and "oscillating".
 * @param {number[]} values
 */
function direction(values) {
  const moves = values.slice(1).map((v, i) => Math.sign(v - values[i])).filter((s) => s !== 0);
  if (moves.length < 2) {
    return "not enough moves";
  }
  const turns = moves.slice(1).filter((s, i) => s !== moves[i]).length;
  return turns === 0 ? "same direction" : turns >= (moves.length - 1) / 2 ? "oscillating" : "mixed";
}

/**
 * Every number to learn with its own rate, where they are few.
 * @param {number} run
 */
function rateTable(run) {
  const film = replay.runs[run];
  const last = placeAt(film.snapshots, replay.iteration());
  const recent = film.snapshots.slice(Math.max(0, last - 8), last + 1);
  const rows = film.parameters.flatMap((parameter, p) => {
    const [weights, gradients, rates] = [replay.values(run, p, "weights"), replay.values(run, p, "gradients"), replay.values(run, p, "rates")];
    return Array.from(weights, (w, i) => {
      const course = recent.map((s) => unpack(s.weights[p], parameter.dType === "float64")[i]);
      return make("tr", {},
        make("th", { scope: "row" }, drawn(parameter.name), weights.length > 1 ? ` ${i + 1}` : ""),
        ...[digits(w, 5), digits(gradients[i], 4), Number.isFinite(rates[i]) ? digits(rates[i], 4) : "–"].map((t) => make("td", { class: "number" }, t)),
        make("td", {}, direction(course)));
    });
  });
  return make("div", { class: "wide" }, make("table", {},
    make("thead", {}, make("tr", {}, ...["", "value", "gradient", "rate αⱼ", "last moves"].map((h) => make("th", { scope: "col" }, h)))),
    make("tbody", {}, ...rows)));
}

// @ts-check Long because the views of one player share its state and draw the same snapshot.
// Plays one filmed training, or two side by side. Everything shown is a snapshot of the record; nothing is computed again.

/**
 * @typedef {{ left: number, right: number, bottom: number, top: number, size: number, classes: number, values: string, points: number[] }} Plane
 * @typedef {{ iteration: number, epoch: number, loss: number | string, learningRate: number, weights: string[], gradients: string[], rates: string[], boundary: string }} Snapshot
 * @typedef {{ title: string, optimizer: string, seed: number, parameters: { name: string, path: string, dType: string, dims: number[] }[],
 *   snapshots: Snapshot[], boundary?: Plane, contour?: Plane }} Run
 */

const svgSpace = "http://www.w3.org/2000/svg";
const box = { width: 640, height: 260, left: 62, right: 14, top: 14, bottom: 34 };

/**
 * Little-endian numbers from base64.
 * @param {string} text
 * @param {boolean} wide whether they are doubles
 * @returns {Float32Array | Float64Array}
 */
function unpack(text, wide) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  return wide ? new Float64Array(bytes.buffer) : new Float32Array(bytes.buffer);
}

/**
 * The last snapshot made by a step.
 * @param {Snapshot[]} snapshots
 * @param {number} iteration
 */
function placeAt(snapshots, iteration) {
  let low = 0;
  let high = snapshots.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (snapshots[middle].iteration <= iteration) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

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
 * How many values fall into each of some bins.
 * @param {ArrayLike<number>} values
 * @param {number} bins
 */
function histogram(values, bins) {
  const all = Array.from(values).filter(Number.isFinite);
  const low = all.reduce((a, b) => Math.min(a, b), Infinity);
  const high = all.reduce((a, b) => Math.max(a, b), -Infinity);
  const counts = new Array(bins).fill(0);
  for (const value of all) {
    counts[high > low ? Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins)) : 0]++;
  }
  return { low, high, counts };
}

/**
 * Where each element of a weight stands in its picture. Units that look at a square picture are drawn as pictures.
 * @param {number[]} dims
 * @returns {{ width: number, height: number, at: (i: number) => [number, number] }}
 */
function plan(dims) {
  const columns = dims.length === 0 ? 1 : dims[dims.length - 1];
  const rows = dims.slice(0, -1).reduce((a, b) => a * b, 1);
  const side = Math.round(Math.sqrt(rows));
  if (rows >= 64 && side * side === rows && columns <= 100) {
    const across = Math.ceil(Math.sqrt(columns));
    const down = Math.ceil(columns / across);
    return {
      width: across * (side + 1) - 1,
      height: down * (side + 1) - 1,
      at: (i) => {
        const [pixel, unit] = [Math.floor(i / columns), i % columns];
        return [(unit % across) * (side + 1) + (pixel % side), Math.floor(unit / across) * (side + 1) + Math.floor(pixel / side)];
      },
    };
  }
  return { width: columns, height: rows, at: (i) => [i % columns, Math.floor(i / columns)] };
}

const replay = {
  /** @type {Run[]} */
  runs: [],
  /** @type {number[]} */
  times: [],
  time: 0,
  isLog: false,
  playing: 0,

  /** The step that is shown. */
  iteration() {
    return replay.times[replay.time];
  },

  /** @param {number} run */
  snapshot(run) {
    const { snapshots } = replay.runs[run];
    return snapshots[placeAt(snapshots, replay.iteration())];
  },

  /**
   * @param {number} run
   * @param {number} parameter
   * @param {"weights" | "gradients" | "rates"} kind
   */
  values(run, parameter, kind) {
    const wide = kind === "weights" && replay.runs[run].parameters[parameter].dType === "float64";
    return unpack(replay.snapshot(run)[kind][parameter], wide);
  },
};

/**
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

/** @returns {[number[], number[], number[]]} the colours of nothing, of more and of less */
function palette() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  return dark ? [[27, 31, 38], [134, 183, 255], [255, 176, 116]] : [[255, 255, 255], [21, 83, 168], [156, 70, 0]];
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {ImageData} image
 * @param {number} x
 * @param {number} y
 * @param {number[]} colour
 */
function dot(pen, image, x, y, colour) {
  const at = (y * image.width + x) * 4;
  [image.data[at], image.data[at + 1], image.data[at + 2], image.data[at + 3]] = [colour[0], colour[1], colour[2], 255];
}

/**
 * @param {number[]} from
 * @param {number[]} to
 * @param {number} share
 */
function mix(from, to, share) {
  return from.map((c, i) => Math.round(c + (to[i] - c) * share));
}

/**
 * A heat map: more is blue, less is orange, the largest is full.
 * @param {HTMLCanvasElement} canvas
 * @param {number[]} dims
 * @param {ArrayLike<number>} values
 */
function heat(canvas, dims, values) {
  const shape = plan(dims);
  [canvas.width, canvas.height] = [Math.max(1, shape.width), Math.max(1, shape.height)];
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = pen.createImageData(canvas.width, canvas.height);
  const [none, more, less] = palette();
  const largest = Array.from(values).filter(Number.isFinite).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  for (let i = 0; i < values.length; i++) {
    const [x, y] = shape.at(i);
    const value = values[i];
    dot(pen, image, x, y, !Number.isFinite(value) ? [128, 128, 128] : mix(none, value < 0 ? less : more, largest > 0 ? Math.abs(value) / largest : 0));
  }
  pen.putImageData(image, 0, 0);
  return largest;
}

/**
 * A plane of numbers, the first row at the bottom.
 * @param {HTMLCanvasElement} canvas
 * @param {Plane} plane
 * @param {ArrayLike<number>} values
 * @param {(value: number) => number[]} colourOf
 */
function paint(canvas, plane, values, colourOf) {
  const scale = 8;
  [canvas.width, canvas.height] = [plane.size * scale, plane.size * scale];
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = pen.createImageData(canvas.width, canvas.height);
  for (let y = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++) {
      dot(pen, image, x, canvas.height - 1 - y, colourOf(values[Math.floor(y / scale) * plane.size + Math.floor(x / scale)]));
    }
  }
  pen.putImageData(image, 0, 0);
  return pen;
}

const hues = [[21, 83, 168], [196, 98, 16], [29, 107, 53], [166, 27, 27], [98, 52, 156], [0, 120, 130], [150, 110, 0], [120, 120, 120], [190, 60, 120], [70, 70, 200]];

/**
 * @param {Plane} plane
 * @param {HTMLCanvasElement} canvas
 * @param {number} x
 * @param {number} y
 * @returns {[number, number]}
 */
function on(plane, canvas, x, y) {
  return [((x - plane.left) / (plane.right - plane.left)) * canvas.width, canvas.height - ((y - plane.bottom) / (plane.top - plane.bottom)) * canvas.height];
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} run
 */
function drawBoundary(canvas, run) {
  const plane = /** @type {Plane} */ (replay.runs[run].boundary);
  const values = unpack(replay.snapshot(run).boundary, false);
  const [none, more, less] = palette();
  const labels = plane.points.filter((_, i) => i % 3 === 2);
  const [low, high] = plane.classes > 1 ? [0, 1] : [Math.min(...labels, 0), Math.max(...labels, 1)];
  const pen = paint(canvas, plane, values, (v) =>
    plane.classes > 1 ? mix(none, hues[v % hues.length], 0.35) : !Number.isFinite(v) ? [128, 128, 128] : mix(none, v > (low + high) / 2 ? more : less, Math.min(0.6, (Math.abs(v - (low + high) / 2) / (high - low)) * 1.2)));
  for (let i = 0; i < plane.points.length; i += 3) {
    const [x, y] = on(plane, canvas, plane.points[i], plane.points[i + 1]);
    const label = plane.points[i + 2];
    const colour = plane.classes > 1 ? hues[label % hues.length] : label > (low + high) / 2 ? more : less;
    pen.beginPath();
    pen.arc(x, y, 3.5, 0, 7);
    pen.fillStyle = `rgb(${colour.join(",")})`;
    pen.fill();
    pen.strokeStyle = `rgb(${none.join(",")})`;
    pen.stroke();
  }
}

/**
 * The two numbers of a run in a snapshot.
 * @param {Run} run
 * @param {Snapshot} snapshot
 */
function both(run, snapshot) {
  return snapshot.weights.flatMap((w, i) => Array.from(unpack(w, run.parameters[i].dType === "float64")));
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} run
 */
function drawContour(canvas, run) {
  const film = replay.runs[run];
  const plane = /** @type {Plane} */ (film.contour);
  const costs = Array.from(unpack(plane.values, false));
  const finite = costs.filter(Number.isFinite);
  const least = Math.min(...finite);
  const most = Math.log1p(Math.max(...finite) - least) || 1;
  const [none, more] = palette();

  // Steps of colour, so that lines of equal cost are seen.
  const pen = paint(canvas, plane, costs, (v) => (Number.isFinite(v) ? mix(none, more, (Math.floor((Math.log1p(v - least) / most) * 14) / 14) * 0.7) : [128, 128, 128]));
  const last = placeAt(film.snapshots, replay.iteration());
  const ink = getComputedStyle(document.documentElement).color;
  [pen.strokeStyle, pen.fillStyle, pen.lineWidth] = [ink, ink, 1.5];
  pen.beginPath();
  film.snapshots.slice(0, last + 1).forEach((s, i) => {
    const [x, y] = on(plane, canvas, .../** @type {[number, number]} */ (both(film, s)));
    if (i === 0) {
      pen.moveTo(x, y);
    } else {
      pen.lineTo(x, y);
    }
  });
  pen.stroke();
  const [x, y] = on(plane, canvas, .../** @type {[number, number]} */ (both(film, film.snapshots[last])));
  pen.beginPath();
  pen.arc(x, y, 4.5, 0, 7);
  pen.fill();
}

/** Draws the loss again: linear or logarithmic, with a mark at the step that is shown. */
function drawLoss() {
  const svg = document.getElementById("loss-chart");
  if (!svg) {
    return;
  }
  const value = (/** @type {Snapshot} */ s) => (replay.isLog ? Math.log10(Number(s.loss)) : Number(s.loss));
  const all = replay.runs.flatMap((r) => r.snapshots.map(value)).filter(Number.isFinite);
  const low = Math.min(...all);
  const high = Math.max(...all) > low ? Math.max(...all) : low + 1;
  const end = Math.max(1, replay.times[replay.times.length - 1]);
  const x = (/** @type {number} */ t) => box.left + (t / end) * (box.width - box.left - box.right);
  const y = (/** @type {number} */ v) => box.height - box.bottom - ((v - low) / (high - low)) * (box.height - box.top - box.bottom);
  const parts = [];
  const add = (/** @type {string} */ tag, /** @type {Record<string, string | number>} */ attributes, text = "") => {
    const part = document.createElementNS(svgSpace, tag);
    for (const [name, v] of Object.entries(attributes)) {
      part.setAttribute(name, String(v));
    }
    part.textContent = text;
    parts.push(part);
  };
  const title = svg.querySelector("title");
  for (let i = 0; i <= 5; i++) {
    const at = low + ((high - low) * i) / 5;
    add("line", { class: "grid", x1: box.left, x2: box.width - box.right, y1: y(at), y2: y(at) });
    add("text", { class: "tick", x: box.left - 8, y: y(at) + 4, "text-anchor": "end" }, digits(replay.isLog ? 10 ** at : at, 3));
  }
  add("text", { class: "tick", x: box.left, y: box.height - box.bottom + 18 }, "0");
  add("text", { class: "tick", x: box.width - box.right, y: box.height - box.bottom + 18, "text-anchor": "end" }, end.toLocaleString("en"));
  replay.runs.forEach((run, i) => {
    let path = "";
    let open = false;
    for (const s of run.snapshots) {
      const v = value(s);
      path += Number.isFinite(v) ? `${open ? "L" : "M"}${x(s.iteration).toFixed(1)} ${y(v).toFixed(1)}` : "";
      open = Number.isFinite(v);
    }
    add("path", { class: `curve style-${i}`, d: path });
    const now = replay.snapshot(i);
    if (Number.isFinite(value(now))) {
      add("circle", { class: "dot", cx: x(now.iteration), cy: y(value(now)), r: 4 });
    }
  });
  add("line", { class: "cursor", x1: x(replay.iteration()), x2: x(replay.iteration()), y1: box.top, y2: box.height - box.bottom });
  svg.replaceChildren(...(title ? [title] : []), ...parts);
}

/** @param {ArrayLike<number>} values */
function range(values) {
  const all = Array.from(values).filter(Number.isFinite);
  return all.length === 0 ? "none" : all.length === 1 ? digits(all[0], 4) : `${digits(all.reduce((a, b) => Math.min(a, b)), 4)} to ${digits(all.reduce((a, b) => Math.max(a, b)), 4)}`;
}

/**
 * @param {string} title
 * @param {string} text
 * @param {HTMLElement[]} content
 */
function panel(title, text, ...content) {
  return make("div", { class: "panel" }, make("h3", {}, drawn(title)), make("p", {}, text), ...content);
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

/** Draws everything at the step that is shown. */
function draw() {
  drawLoss();
  const all = byName("panels");
  all.replaceChildren();
  replay.runs.forEach((run, r) => {
    const now = replay.snapshot(r);
    const grid = make("div", { class: "panels" });
    if (replay.runs.length > 1) {
      all.append(make("h2", {}, `${r === 0 ? "A" : "B"}: ${run.title}, ${run.optimizer}, seed ${run.seed}`));
    }
    all.append(grid);
    const count = run.parameters.reduce((sum, p) => sum + p.dims.reduce((a, b) => a * b, 1), 0);
    if (run.boundary) {
      const canvas = /** @type {HTMLCanvasElement} */ (make("canvas", { class: "smooth", role: "img", "aria-label": `What the model answers over both features after ${now.iteration} steps` }));
      grid.append(panel("What it answers", "Both features across and up; dots are samples of the probe.", canvas));
      drawBoundary(canvas, r);
    }
    if (run.contour) {
      const canvas = /** @type {HTMLCanvasElement} */ (make("canvas", { class: "smooth", role: "img", "aria-label": `The cost over both parameters and the way to step ${now.iteration}` }));
      grid.append(panel("The way down", "The cost over both numbers to learn: lighter is lower.", canvas));
      drawContour(canvas, r);
    }
    if (count <= 12) {
      const rates = panel("A rate for each number", `The optimizer's next step divided by the gradient, beside its α of ${digits(now.learningRate)}.`, rateTable(r));
      rates.classList.add("broad");
      grid.append(rates);
    }
    run.parameters.forEach((parameter, p) => {
      const maps = make("div", { class: "maps" });
      for (const [kind, word] of /** @type {["weights" | "gradients" | "rates", string][]} */ ([["weights", "value"], ["gradients", "gradient"], ["rates", "rate"]])) {
        const values = replay.values(r, p, kind);
        const canvas = /** @type {HTMLCanvasElement} */ (make("canvas", { role: "img", "aria-label": `${word} of ${parameter.name}: ${range(values)}` }));
        heat(canvas, parameter.dims, values);
        maps.append(make("div", {}, make("span", {}, word), canvas, make("span", {}, range(values))));
      }
      const shape = parameter.dims.length > 0 ? parameter.dims.join(" × ") : "one number";
      grid.append(panel(parameter.name, `${parameter.path}, ${shape}`, maps, ...(replay.values(r, p, "weights").length >= 8 ? [bars(replay.values(r, p, "weights"))] : [])));
    });
  });
  const now = replay.snapshot(0);
  const slider = /** @type {HTMLInputElement} */ (byName("time"));
  slider.value = String(replay.time);
  slider.setAttribute("aria-valuetext", `step ${replay.iteration()}`);
  byName("say").textContent = `Step ${replay.iteration().toLocaleString("en")}, epoch ${now.epoch}: ` + replay.runs.map((_, i) => `${replay.runs.length > 1 ? "AB"[i] + " " : ""}loss ${digits(Number(replay.snapshot(i).loss))}`).join(", ");
  for (const [id, off] of /** @type {[string, boolean][]} */ ([["first", replay.time === 0], ["back", replay.time === 0], ["next", replay.time === replay.times.length - 1], ["last", replay.time === replay.times.length - 1]])) {
    /** @type {HTMLButtonElement} */ (byName(id)).disabled = off;
  }
}

/** @param {ArrayLike<number>} values */
function bars(values) {
  const { low, high, counts } = histogram(values, 21);
  const svg = document.createElementNS(svgSpace, "svg");
  svg.setAttribute("class", "bars");
  svg.setAttribute("viewBox", "0 0 210 44");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `How its values are spread from ${digits(low, 4)} to ${digits(high, 4)}`);
  const most = Math.max(1, ...counts);
  counts.forEach((count, i) => {
    const bar = document.createElementNS(svgSpace, "rect");
    const height = (count / most) * 40;
    Object.entries({ x: i * 10, y: 42 - height, width: 9, height: Math.max(height, count > 0 ? 1 : 0) }).forEach(([n, v]) => bar.setAttribute(n, String(v)));
    svg.append(bar);
  });
  return /** @type {HTMLElement} */ (/** @type {unknown} */ (svg));
}

/** @param {string} id */
function byName(id) {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`The page has no '${id}'.`);
  }
  return found;
}

/** @param {number} time */
function go(time) {
  replay.time = Math.max(0, Math.min(replay.times.length - 1, time));
  draw();
  history.replaceState(null, "", `#step=${replay.iteration()}`);
}

function stop() {
  clearInterval(replay.playing);
  replay.playing = 0;
  byName("play").textContent = "Play";
}

function play() {
  if (replay.playing) {
    stop();
    return;
  }
  if (replay.time === replay.times.length - 1) {
    go(0);
  }
  byName("play").textContent = "Pause";
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  // A whole film lasts some twenty seconds at most.
  const stride = Math.max(1, Math.ceil(replay.times.length / (calm ? 20 : 160)));
  replay.playing = window.setInterval(() => {
    go(replay.time + stride);
    if (replay.time === replay.times.length - 1) {
      stop();
    }
  }, calm ? 1000 : 120);
}

function start() {
  document.documentElement.classList.add("scripted");
  replay.runs = JSON.parse(byName("data").textContent ?? "[]");
  replay.times = [...new Set(replay.runs.flatMap((r) => r.snapshots.map((s) => s.iteration)))].sort((a, b) => a - b);
  const button = (/** @type {string} */ id, /** @type {string} */ text, /** @type {string} */ label, /** @type {() => void} */ act) => {
    const made = make("button", { id, type: "button", "aria-label": label }, text);
    made.addEventListener("click", act);
    return made;
  };
  const slider = make("input", { id: "time", type: "range", min: 0, max: replay.times.length - 1, value: 0, "aria-label": "Step" });
  slider.addEventListener("input", () => {
    stop();
    go(Number(/** @type {HTMLInputElement} */ (slider).value));
  });
  byName("player").append(
    make("div", { class: "buttons" },
      button("first", "|◀", "Rewind to the first weights", () => { stop(); go(0); }),
      button("back", "◀", "One snapshot back", () => { stop(); go(replay.time - 1); }),
      button("play", "Play", "Play or pause", play),
      button("next", "▶", "One snapshot forward", () => { stop(); go(replay.time + 1); }),
      button("last", "▶|", "To the end", () => { stop(); go(replay.times.length - 1); }),
      slider),
    make("output", { id: "say", "aria-live": "polite" }));
  const log = button("log", "Logarithmic", "Logarithmic loss", () => {
    replay.isLog = !replay.isLog;
    log.setAttribute("aria-pressed", String(replay.isLog));
    drawLoss();
  });
  log.setAttribute("aria-pressed", "false");
  byName("loss-tools").append(log);
  const asked = /^#step=(\d+)$/.exec(location.hash);
  const time = asked ? replay.times.findIndex((t) => t >= Number(asked[1])) : 0;
  replay.time = time < 0 ? replay.times.length - 1 : time;
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}

if (typeof document !== "undefined") {
  start();
}

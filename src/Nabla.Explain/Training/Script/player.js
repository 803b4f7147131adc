// @ts-check
// Play, pause, step, rewind; one film, or two at the same step.

/** Says which step is shown, and lets the buttons know their ends. */
function showPlace() {
  const slider = /** @type {HTMLInputElement} */ (byId("time"));
  slider.value = String(replay.time);
  slider.setAttribute("aria-valuetext", `step ${replay.iteration()}`);
  const losses = replay.runs.map((_, i) => `${replay.runs.length > 1 ? "AB"[i] + " " : ""}loss ${digits(Number(replay.snapshot(i).loss))}`);
  byId("say").textContent = `Step ${replay.iteration().toLocaleString("en")}, epoch ${replay.snapshot(0).epoch}: ${losses.join(", ")}`;
  const [atFirst, atLast] = [replay.time === 0, replay.time === replay.times.length - 1];
  for (const [id, off] of /** @type {[string, boolean][]} */ ([["first", atFirst], ["back", atFirst], ["next", atLast], ["last", atLast]])) {
    /** @type {HTMLButtonElement} */ (byId(id)).disabled = off;
  }
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
  byId("play").textContent = "Play";
}

function play() {
  if (replay.playing) {
    stop();
    return;
  }
  if (replay.time === replay.times.length - 1) {
    go(0);
  }
  byId("play").textContent = "Pause";
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
  replay.runs = JSON.parse(byId("data").textContent ?? "[]");
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
  byId("player").append(
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
  byId("loss-tools").append(log);
  const asked = /^#step=(\d+)$/.exec(location.hash);
  const time = asked ? replay.times.findIndex((t) => t >= Number(asked[1])) : 0;
  replay.time = time < 0 ? replay.times.length - 1 : time;
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  for (const [event, isWhite] of /** @type {[string, boolean][]} */ ([["beforeprint", true], ["afterprint", false]])) {
    addEventListener(event, () => {
      paper.isWhite = isWhite;
      draw();
    });
  }
}

start();

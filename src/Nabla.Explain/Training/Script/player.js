// @ts-check
// Play, pause, step, rewind; one film, or two at the same step.

/** What brings the buttons and the words up to date. */
let showPlace = () => {};

/** Draws the loss with the step that is shown. */
function drawLoss() {
  const svg = document.getElementById("loss-chart");
  if (svg) {
    const step = replay.iteration();
    drawLosses(svg, replay.runs.map(({ snapshots }) => ({ steps: snapshots.map((s) => s.iteration), losses: snapshots.map((s) => Number(s.loss)), now: placeAt(snapshots, step) })), step, replay.isLog);
  }
}

/** Which step is shown, in words. */
function placeWords() {
  const losses = replay.runs.map((_, i) => `${replay.runs.length > 1 ? "AB"[i] + " " : ""}loss ${digits(Number(replay.snapshot(i).loss))}`);
  return `Step ${replay.iteration().toLocaleString("en")}, epoch ${replay.snapshot(0).epoch}: ${losses.join(", ")}`;
}

/** @param {number} time */
function go(time) {
  replay.time = time;
  draw();
  history.replaceState(null, "", `#step=${replay.iteration()}`);
}

function start() {
  document.documentElement.classList.add("scripted");
  replay.runs = JSON.parse(byId("data").textContent ?? "[]");
  replay.times = [...new Set(replay.runs.flatMap((r) => r.snapshots.map((s) => s.iteration)))].sort((a, b) => a - b);
  const tools = transport({
    last: replay.times.length - 1, place: () => replay.time, go, unit: "snapshot", first: "Rewind to the first weights", words: placeWords,
    valueWords: () => `step ${replay.iteration()}`, say: make("output", { id: "say", "aria-live": "polite" }),
  });
  showPlace = tools.show;
  byId("player").append(...tools.parts);
  byId("loss-tools").append(logSwitch((isLog) => {
    replay.isLog = isLog;
    drawLoss();
  }));
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

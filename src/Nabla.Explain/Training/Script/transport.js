// @ts-check
// What moves through a film: rewind, back, play, on, to the end, and a slider. Pages say what a place of it shows.

/**
 * @typedef {{ last: number, place: () => number, go: (place: number) => void, unit: string, first: string, words: () => string, valueWords: () => string, say: HTMLElement }} Film
 */

/**
 * The buttons of a film, and what brings them and the words up to date after it moved.
 * @param {Film} film
 */
function transport(film) {
  let timer = 0;
  /**
   * @param {string} id
   * @param {string} sign
   * @param {string} label
   * @param {() => void} act
   */
  const tool = (id, sign, label, act) => {
    const made = /** @type {HTMLButtonElement} */ (make("button", { id, type: "button", "aria-label": label, title: label }, sign));
    made.addEventListener("click", act);
    return made;
  };
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    play.textContent = "Play";
    // While it plays, the words change faster than anyone could listen.
    film.say.setAttribute("aria-live", "polite");
  };
  /** @param {number} place */
  const go = (place) => {
    const inside = Math.max(0, Math.min(film.last, place));
    if (inside === film.last) {
      stop();
    }
    film.go(inside);
  };
  /** @param {number} place */
  const to = (place) => {
    stop();
    go(place);
  };
  const first = tool("first", "|◀", film.first, () => to(0));
  const back = tool("back", "◀", `One ${film.unit} back`, () => to(film.place() - 1));
  const play = tool("play", "Play", "Play or pause", () => {
    if (timer) {
      stop();
      return;
    }
    if (film.place() === film.last) {
      go(0);
    }
    play.textContent = "Pause";
    film.say.setAttribute("aria-live", "off");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

    // A whole film lasts some twenty seconds at most.
    const stride = Math.max(1, Math.ceil((film.last + 1) / (calm ? 20 : 160)));
    timer = window.setInterval(() => go(film.place() + stride), calm ? 1000 : 120);
  });
  const next = tool("next", "▶", `One ${film.unit} forward`, () => to(film.place() + 1));
  const last = tool("last", "▶|", "To the end", () => to(film.last));
  const slider = /** @type {HTMLInputElement} */ (make("input", { id: "time", type: "range", min: "0", max: String(film.last), value: "0", "aria-label": "Step" }));
  slider.addEventListener("input", () => to(Number(slider.value)));
  const show = () => {
    const place = film.place();
    slider.value = String(place);
    slider.setAttribute("aria-valuetext", film.valueWords());
    film.say.textContent = film.words();
    first.disabled = back.disabled = place === 0;
    next.disabled = last.disabled = place === film.last;
  };
  return { parts: [make("div", { class: "buttons" }, first, back, play, next, last, slider), film.say], show };
}

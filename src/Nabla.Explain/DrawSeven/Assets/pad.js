// @ts-check
// The pad: mouse, finger, pen or keyboard.

class Pad {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Picture} picture
   * @param {() => void} changed called as the drawing grows
   * @param {() => void} finished called when a line ends
   */
  constructor(canvas, picture, changed, finished) {
    this.canvas = canvas;
    this.picture = picture;
    this.changed = changed;
    this.finished = finished;
    /** @type {Stroke[]} */
    this.strokes = [];
    /** @type {ArrayLike<number> | null} */
    this.shown = null;
    this.cursor = [Math.floor(picture.height / 2), Math.floor(picture.width / 2)];
    this.penDown = false;
    this.pointer = -1;
    this.listen();
    this.paint();
  }

  clear() {
    this.strokes = [];
    this.shown = null;
    this.penDown = false;
    this.changed();
  }

  undo() {
    this.strokes.pop();
    this.shown = null;
    this.changed();
  }

  /** Shows a picture that nobody drew. @param {ArrayLike<number>} pixels */
  show(pixels) {
    this.strokes = [];
    this.shown = pixels;
    this.changed();
  }

  /** @returns {Float64Array} */
  pixels() {
    return this.shown ? Float64Array.from(this.shown) : prepare(this.strokes, this.picture);
  }

  listen() {
    this.canvas.addEventListener('pointerdown', (e) => {
      if (e.button !== 0 || this.pointer >= 0) {
        return;
      }
      e.preventDefault();
      this.canvas.focus({ preventScroll: true });
      this.canvas.setPointerCapture(e.pointerId);
      this.pointer = e.pointerId;
      this.shown = null;
      this.strokes.push([this.pointOf(e)]);
      this.changed();
    });
    this.canvas.addEventListener('pointermove', (e) => {
      if (e.pointerId === this.pointer) {
        const events = e.getCoalescedEvents ? e.getCoalescedEvents() : [];
        this.strokes[this.strokes.length - 1].push(...(events.length > 0 ? events : [e]).map((p) => this.pointOf(p)));
        this.changed();
      }
    });
    for (const end of ['pointerup', 'pointercancel']) {
      this.canvas.addEventListener(end, (e) => {
        if (/** @type {PointerEvent} */ (e).pointerId === this.pointer) {
          this.pointer = -1;
          this.finished();
        }
      });
    }
    this.canvas.addEventListener('keydown', (e) => this.key(e));
    this.canvas.addEventListener('blur', () => this.paint());
  }

  /** Arrows move the pen, the space bar lowers and lifts it, Backspace takes a line back, Delete clears. @param {KeyboardEvent} e */
  key(e) {
    const move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[e.key];
    if (move) {
      this.cursor[0] = Math.min(this.picture.height - 1, Math.max(0, this.cursor[0] + move[0]));
      this.cursor[1] = Math.min(this.picture.width - 1, Math.max(0, this.cursor[1] + move[1]));
      if (this.penDown) {
        this.strokes[this.strokes.length - 1].push(this.pointOfCursor());
      }
    } else if (e.key === ' ') {
      this.penDown = !this.penDown;
      if (this.penDown) {
        this.shown = null;
        this.strokes.push([this.pointOfCursor()]);
      } else {
        this.finished();
      }
    } else if (e.key === 'Backspace') {
      this.penDown = false;
      this.undo();
    } else if (e.key === 'Delete') {
      this.clear();
    } else {
      return;
    }
    e.preventDefault();
    this.changed();
  }

  /** @param {PointerEvent} e @returns {[number, number]} */
  pointOf(e) {
    const box = this.canvas.getBoundingClientRect();
    return [(e.clientX - box.left) / box.width, (e.clientY - box.top) / box.height];
  }

  /** @returns {[number, number]} */
  pointOfCursor() {
    return [(this.cursor[1] + 0.5) / this.picture.width, (this.cursor[0] + 0.5) / this.picture.height];
  }

  paint() {
    const context = this.canvas.getContext('2d');
    if (context === null) {
      return;
    }
    const side = this.canvas.width;
    const [cellX, cellY] = [side / this.picture.width, this.canvas.height / this.picture.height];
    context.clearRect(0, 0, side, this.canvas.height);
    context.strokeStyle = colour('--grid');
    context.lineWidth = 1;
    context.beginPath();
    for (let i = 1; i < this.picture.width; i++) {
      context.moveTo(i * cellX, 0);
      context.lineTo(i * cellX, this.canvas.height);
    }
    for (let i = 1; i < this.picture.height; i++) {
      context.moveTo(0, i * cellY);
      context.lineTo(side, i * cellY);
    }
    context.stroke();
    context.fillStyle = context.strokeStyle = colour('--ink');
    if (this.shown) {
      for (let i = 0; i < this.shown.length; i++) {
        context.globalAlpha = Math.min(1, this.shown[i] / this.picture.max);
        context.fillRect((i % this.picture.width) * cellX, Math.floor(i / this.picture.width) * cellY, cellX, cellY);
      }
      context.globalAlpha = 1;
    }
    context.lineWidth = this.picture.pen * cellX * 1.15;
    context.lineCap = context.lineJoin = 'round';
    for (const stroke of this.strokes) {
      context.beginPath();
      stroke.forEach(([x, y], k) => (k === 0 ? context.moveTo(x * side, y * this.canvas.height) : context.lineTo(x * side, y * this.canvas.height)));
      if (stroke.length === 1) {
        context.lineTo(stroke[0][0] * side, stroke[0][1] * this.canvas.height);
      }
      context.stroke();
    }
    if (document.activeElement === this.canvas && this.canvas.matches(':focus-visible')) {
      context.lineWidth = 3;
      context.strokeStyle = colour(this.penDown ? '--against' : '--for');
      context.strokeRect(this.cursor[1] * cellX, this.cursor[0] * cellY, cellX, cellY);
    }
  }
}

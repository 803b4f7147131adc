// @ts-check
// The network's memory, and the two programs that run on it: look and teach, printed from the model's own graphs.

/**
 * What the page was made from.
 * @typedef {{name: string, kind: string, activation: string, units: number, output: number, input?: number, sums?: number, kernel?: number, bias?: number}} DrawnLayer
 * @typedef {DrawnLayer & {input: number, sums: number, kernel: number}} Opened a layer whose units show what went in
 * @typedef {{name: string, dims: number[], type: string, bits: string}} Variable
 * @typedef {{variable: number, slots: {name: string, variable: number}[]}} Trained a weight, and what the optimizer remembers of it
 * @typedef {{optimizer: string, rule: string, learningRate: number, ratePlanned: boolean, classes: string[], picture: Picture, variables: Variable[],
 *            iteration: number, trained: Trained[], lookReads: number[], teachReads: number[], teachWrites: number[], classNumbers: boolean,
 *            labelBase: number, layers: DrawnLayer[], examples: {label: number, bits: string}[]}} Drawn
 */

/**
 * @typedef {Float64Array[]} Memory one array a variable: weights, then what the optimizer remembers; never written again once made
 * @typedef {{spoken: Float64Array, scores: Float64Array, probabilities: Float64Array, loss: number, values: Float64Array[]}} Sight
 * @typedef {{before: Memory, after: Memory, pixels: Float64Array, label: number, rate: number, loss: number, gradients: Float64Array[],
 *            sightBefore: Sight, sightAfter: Sight}} Step
 */

// Steps that can be taken back hold all numbers of before and after.
const MOST_BYTES = 200e6;

class Network {
  /** @param {Drawn} data */
  constructor(data) {
    this.data = data;
    /** @type {Memory} */
    this.trained = data.variables.map((v) => numbersOf(v.bits, v.type));
    /** @type {Memory} */
    this.memory = this.trained;
    /** @type {Step[]} */
    this.steps = [];
  }

  /**
   * What the network makes of a picture.
   * @param {Float64Array} pixels
   * @param {number} chosen whose score's derivative by each pixel is taken
   * @param {number} [label] of the loss; the chosen class by default
   * @param {Memory} [memory]
   * @returns {Sight}
   */
  look(pixels, chosen, label = chosen, memory = this.memory) {
    const outputs = look([pixels, this.oneHot(chosen), this.labelOf(label), ...this.data.lookReads.map((i) => memory[i])]);
    const [spoken, scores, probabilities, loss, ...rest] = outputs.map((o) => o.slice());
    return { spoken, scores, probabilities, loss: loss[0], values: [spoken, scores, probabilities, loss, ...rest] };
  }

  /**
   * One training step: forward, loss, backward, and the optimizer's update.
   * @param {Float64Array} pixels
   * @param {number} label
   * @param {number} rate
   * @returns {Step}
   */
  teach(pixels, label, rate) {
    const before = this.memory;
    const outputs = teach([pixels, this.labelOf(label), Float64Array.of(rate), ...this.data.teachReads.map((i) => before[i])]);
    const writes = this.data.teachWrites;
    const after = before.slice();
    writes.forEach((variable, k) => {
      after[variable] = outputs[k].slice();
    });
    const step = {
      before, after, pixels, label, rate,
      loss: outputs[writes.length][0],
      gradients: outputs.slice(writes.length + 1).map((o) => o.slice()),
      sightBefore: this.look(pixels, label, label, before),
      sightAfter: this.look(pixels, label, label, after),
    };
    this.memory = after;
    this.steps.push(step);
    const bytes = 8 * writes.reduce((n, v) => n + before[v].length, 0);
    while (this.steps.length > 1 && this.steps.length * bytes > MOST_BYTES) {
      this.steps.shift();
    }
    return step;
  }

  undo() {
    const step = this.steps.pop();
    this.memory = step ? step.before : this.memory;
    return step;
  }

  reset() {
    this.steps = [];
    this.memory = this.trained;
  }

  /** @param {number} chosen */
  oneHot(chosen) {
    return Float64Array.from(this.data.classes, (_, c) => (c === chosen ? 1 : 0));
  }

  /** @param {number} label */
  labelOf(label) {
    return this.data.classNumbers ? Int32Array.of(label + this.data.labelBase) : this.oneHot(label);
  }
}

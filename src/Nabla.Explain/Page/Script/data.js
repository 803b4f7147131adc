// @ts-check
// The trace that the page was made from, and what the reader did to it.

/**
 * @typedef {{ name: string, shown: string, role: string, formula?: string, other?: string, nudges?: Float64Array, dims: number[], values: Float64Array,
 *   gradient: Float64Array | null, absent?: string }} PageNode
 * @typedef {{ from: number, to: number, formula: string, local: Float64Array | null, brings: Float64Array }} PageEdge
 * @typedef {{ name: string, kind: string, number: number, activation: string, input: number, weights: number[], z?: number, output: number }} PageLayer
 * @typedef {{ result: number, half?: { notation: string, factor: number }, courses?: Record<string, Record<string, string>>, nodes: PageNode[], edges: PageEdge[], layers: PageLayer[],
 *   examples: { row: number, loss: number, outputs: Float64Array }[],
 *   update?: { optimizer: string, rate: number, after: number, parameters: { node: number, after: Float64Array }[] } }} PageTrace
 * @typedef {{ inputs: number[], outputs: Record<string, number>, run: (given: ArrayLike<number>[]) => ArrayLike<number>[] } | null} PageProgram
 */

/**
 * An element that has to be there.
 * @param {string} id
 * @returns {HTMLElement}
 */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`The page has no '${id}'.`);
  }
  return found;
}

/**
 * Numbers as the page stores them: a list with words for what is not finite, or base64 of doubles.
 * @param {(number | string)[] | string} stored
 * @returns {Float64Array}
 */
function numbersOf(stored) {
  if (typeof stored === "string") {
    const bytes = Uint8Array.from(atob(stored), (c) => c.charCodeAt(0));
    return new Float64Array(bytes.buffer);
  }
  return Float64Array.from(stored, Number);
}

/** @returns {PageTrace} */
function readTrace() {
  const read = JSON.parse(byId("trace").textContent ?? "");
  for (const node of read.nodes) {
    node.dims ??= [];
    node.values = numbersOf(node.values);
    node.nudges = node.nudges && numbersOf(node.nudges);
    node.gradient = node.gradient === undefined ? null : numbersOf(node.gradient);
  }
  for (const edge of read.edges) {
    edge.formula ??= "";
    edge.local = edge.local === undefined ? null : numbersOf(edge.local);
    edge.brings = edge.brings === undefined ? read.nodes[edge.from].gradient : numbersOf(edge.brings);
  }
  for (const example of read.examples) {
    example.loss = Number(example.loss);
    example.outputs = numbersOf(example.outputs);
  }
  if (read.update) {
    read.update.after = Number(read.update.after);
    for (const parameter of read.update.parameters) {
      parameter.after = numbersOf(parameter.after);
    }
  }
  return read;
}

const trace = readTrace();

/** The program that was printed from the same graph; null where there is none. */
const page = { program: /** @type {PageProgram} */ (typeof program === "undefined" ? null : program) };

/**
 * All numbers by key: v3 is the value of node 3, g3 its gradient, c5 what path 5 brings, l5 its local derivative.
 * @typedef {Map<string, Float64Array>} Table
 * @returns {Table}
 */
function recorded() {
  const table = new Map();
  trace.nodes.forEach((node, i) => {
    table.set(`v${i}`, node.values);
    if (node.gradient) {
      table.set(`g${i}`, node.gradient);
    }
  });
  trace.edges.forEach((edge, i) => {
    table.set(`c${i}`, edge.brings);
    if (edge.local) {
      table.set(`l${i}`, edge.local);
    }
  });
  return table;
}

/**
 * All numbers at other values of the leaves, by the printed program.
 * @param {Map<number, Float64Array>} leaves
 * @returns {Table}
 */
function computed(leaves) {
  const table = recorded();
  const { program } = page;
  if (program) {
    const results = program.run(program.inputs.map((i) => leaves.get(i) ?? trace.nodes[i].values));
    for (const [key, place] of Object.entries(program.outputs)) {
      table.set(key, Float64Array.from(results[place]));
    }
    for (const [i, values] of leaves) {
      table.set(`v${i}`, values);
    }
  }
  return table;
}

/**
 * The result at other values of the leaves.
 * @param {Map<number, Float64Array>} leaves
 * @returns {number}
 */
function resultAt(leaves) {
  const { program } = page;
  if (!program) {
    return NaN;
  }
  const results = program.run(program.inputs.map((i) => leaves.get(i) ?? trace.nodes[i].values));
  return results[program.outputs[`v${trace.result}`]][0];
}

/** What the reader chose; every view looks here and nowhere else. */
const state = {
  /** Leaves that were moved. @type {Map<number, Float64Array>} */
  moved: new Map(),
  /** @type {Table} */
  now: recorded(),
  step: 0,
  /** How many times as large the cost is in the reader's notation: 2 where that has no half, 0.5 where the recorded one has none. */
  factor: 1,
};

/**
 * What a number of a key is multiplied by in the reader's notation. The cost, and the values that it is a sum of, are so much larger; each derivative is one of
 * the cost by a value, or of one value by another, and follows.
 * @param {string} key
 */
function scaleOf(key) {
  const at = Number(key.slice(1));
  const own = (/** @type {number} */ node) => (trace.nodes[node].other === undefined ? 1 : state.factor);
  switch (key[0]) {
    case "v":
      return own(at);
    case "g":
      return state.factor / own(at);
    case "c":
      return state.factor / own(trace.edges[at].from);
    default:
      return own(trace.edges[at].to) / own(trace.edges[at].from);
  }
}

/**
 * What one step of gradient descent makes of a parameter, or of the result, in the reader's notation.
 * @param {number} node
 */
function afterStep(node) {
  const moved = new Map((trace.update?.parameters ?? []).map((p) => {
    const before = trace.nodes[p.node].values;
    return [p.node, state.factor === 1 ? p.after : before.map((v, i) => v + state.factor * (p.after[i] - v))];
  }));
  if (node !== trace.result) {
    return moved.get(node) ?? trace.nodes[node].values;
  }
  return Float64Array.of(state.factor === 1 ? trace.update?.after ?? NaN : state.factor * resultAt(moved));
}

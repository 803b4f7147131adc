// @ts-check
// A filmed training as the page holds it: snapshots of the record, and which of them is shown. Nothing is computed again.

/**
 * @typedef {{ left: number, right: number, bottom: number, top: number, size: number, classes: number, values: string, points: number[] }} Plane
 * @typedef {{ iteration: number, epoch: number, loss: number | string, learningRate: number, weights: string[], gradients: string[], rates: string[], boundary: string }} Snapshot
 * @typedef {{ title: string, optimizer: string, seed: number, parameters: { name: string, path: string, dType: string, dims: number[] }[],
 *   snapshots: Snapshot[], boundary?: Plane, contour?: Plane }} Run
 * @typedef {"weights" | "gradients" | "rates"} Kind
 */

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

const replay = {
  /** @type {Run[]} */
  runs: [],
  /** @type {number[]} */
  times: [],
  time: 0,
  isLog: false,

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
   * @param {Kind} kind
   */
  values(run, parameter, kind) {
    const wide = kind === "weights" && replay.runs[run].parameters[parameter].dType === "float64";
    return unpack(replay.snapshot(run)[kind][parameter], wide);
  },
};

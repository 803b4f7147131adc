// @ts-check
// The recorded training: the page's parameters go back to where they stood after each step. They are the record's, whatever optimizer made them; all that follows
// from them the page computes.

/** @typedef {{ nodes: number[], steps: Float64Array, costs: Float64Array, values: Float64Array }} Course */

/** @returns {Course} */
function readCourse() {
  const { nodes, steps, costs, values } = JSON.parse(byId("course").textContent ?? "");
  return { nodes, steps: numbersOf(steps), costs: numbersOf(costs), values: numbersOf(values) };
}

function startReplay() {
  const course = readCourse();
  const { nodes, steps, costs, values } = course;
  const result = trace.nodes[trace.result];
  let place = 0;
  let isLog = false;
  const recordedAt = (/** @type {number} */ parameter) => values.slice(place * nodes.length + parameter, place * nodes.length + parameter + 1);

  /** Whether the page stands where the record stood. */
  const isThere = () => nodes.every((node, i) => Object.is((state.moved.get(node) ?? trace.nodes[node].values)[0], recordedAt(i)[0])) && [...state.moved.keys()].every((node) => nodes.includes(node));

  const tools = page.program ? transport({
    last: steps.length - 1,
    place: () => place,
    go: (to) => {
      place = to;
      // Where it was recorded is not moved: rewound, the page is the one that was written.
      state.moved = new Map(nodes.map((node, i) => /** @type {[number, Float64Array]} */ ([node, recordedAt(i)])).filter(([node, value]) => !Object.is(value[0], trace.nodes[node].values[0])));
      refresh();
    },
    unit: "step",
    first: "Rewind to the first parameters",
    words: () => {
      const count = `After ${steps[place].toLocaleString("en")} ${steps[place] === 1 ? "step" : "steps"}: ${rewritten(result.shown)} = ${digits(costs[place] * scaleOf(`v${trace.result}`))}`;
      const scaled = state.factor === 1 ? "" : `. The training was made with ${result.shown} as it was typed`;
      return isThere() ? count + scaled : `${count}. Since then you moved a number.`;
    },
    valueWords: () => `step ${steps[place]}`,
    say: make("output", { id: "moment", "aria-live": "polite" }),
  }) : null;
  byId("player").append(...(tools ? tools.parts : []));

  const chart = byId("loss-chart");
  const draw = () => drawLosses(chart, [{ steps, losses: costs, now: place }], steps[place], isLog);
  if (costs.every((cost) => cost > 0)) {
    byId("loss-tools").append(logSwitch((asked) => {
      isLog = asked;
      draw();
    }));
  }
  views.push(() => {
    // All numbers as they were recorded is the beginning.
    if (state.moved.size === 0 && !isThere()) {
      place = 0;
    }
    tools?.show();
    draw();
  });
}

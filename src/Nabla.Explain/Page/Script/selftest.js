// @ts-check
// The page examines itself: opened with #selftest it says how many numbers it recomputed, and which of them are not what the maker wrote.

/**
 * Every number that the printed program computes beside the recorded one, and every gradient of a leaf beside nudges of the result.
 * @returns {string[]} What differs.
 */
function selfTest() {
  /** @type {string[]} */
  const wrong = [];
  const { program } = page;
  if (!program) {
    return wrong;
  }
  const written = recorded();
  const again = computed(new Map(program.inputs.map((i) => [i, trace.nodes[i].values])));
  for (const key of Object.keys(program.outputs)) {
    const [a, b] = [written.get(key), again.get(key)];
    a?.forEach((value, i) => {
      const found = b?.[i] ?? NaN;
      const size = Math.max(1, Math.abs(value), Math.abs(found));
      if (!(Object.is(value, found) || value === found || (Number.isNaN(value) && Number.isNaN(found)) || Math.abs(value - found) <= 1e-12 * size)) {
        wrong.push(`${key}: ${value} was written, ${found} computed`);
      }
    });
  }
  for (const dial of dials()) {
    const slope = again.get(`g${dial.node}`)?.[dial.element];
    const { below, above, kink } = slopesAt(dial, dial.base);
    const both = (below + above) / 2;
    if (slope !== undefined && Number.isFinite(both) && Number.isFinite(slope) && !kink && Math.abs(slope - both) > 1e-4 * Math.max(1, Math.abs(slope), Math.abs(resultAt(new Map())))) {
      wrong.push(`${dial.name}: gradient ${slope}, nudged ${both}`);
    }
  }
  return wrong;
}

function startSelfTest() {
  if (location.hash === "#selftest") {
    const wrong = selfTest();
    const count = Object.keys(page.program?.outputs ?? {}).length;
    document.body.append(make("output", { id: "selftest" }, wrong.length === 0 ? `ok ${count}` : wrong.join("\n")));
  }
}

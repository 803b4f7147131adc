// @ts-check
// Numbers for people: at most ten significant digits, no trailing zeros, a true minus sign.

/**
 * @param {number} value
 * @param {number} [digits] the most significant digits
 */
function shown(value, digits = 10) {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value < 0 ? '−∞' : '∞';
  }
  return String(Number(value.toPrecision(digits))).replaceAll('-', '−');
}

/** @param {number} value a probability */
function percent(value) {
  const text = (value * 100).toFixed(1);
  return (value > 0 && text === '0.0' ? '<0.1' : value < 1 && text === '100.0' ? '>99.9' : text.replace(/\.0$/, '')) + ' %';
}

/** @param {string} bits @param {string} type */
function numbersOf(bits, type) {
  const bytes = Uint8Array.from(atob(bits), (c) => c.charCodeAt(0));
  return type === 'float32' ? Float64Array.from(new Float32Array(bytes.buffer)) : new Float64Array(bytes.buffer);
}

/** @param {ArrayLike<number>} values */
function placeOfLargest(values) {
  let best = 0;
  for (let i = 1; i < values.length; i++) {
    best = values[i] > values[best] ? i : best;
  }
  return best;
}

/** @param {ArrayLike<number>} values */
function largestSize(values) {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    largest = Math.max(largest, Math.abs(values[i]) || 0);
  }
  return largest;
}

/**
 * The places of the largest sizes, largest first.
 * @param {ArrayLike<number>} values
 * @param {number} count
 */
function placesOfLargest(values, count) {
  return Array.from(values, (_, i) => i).sort((a, b) => Math.abs(values[b]) - Math.abs(values[a])).slice(0, count);
}

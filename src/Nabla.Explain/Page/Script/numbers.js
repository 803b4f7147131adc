// @ts-check
// Numbers as people read them: the twin of the page's maker, which wrote the numbers that stand here before the script runs.

/**
 * At most 10 significant digits, no trailing zeros, a true minus sign.
 * @param {number} value
 * @param {number} [significant]
 * @returns {string}
 */
function digits(value, significant = 10) {
  if (Number.isNaN(value)) {
    return "NaN";
  }
  const sign = value < 0 || Object.is(value, -0) ? "−" : "";
  if (!Number.isFinite(value)) {
    return sign + "∞";
  }
  if (value === 0) {
    return sign + "0";
  }
  const [mantissa, power] = Math.abs(value).toExponential(significant - 1).split("e");
  const exponent = Number(power);
  const all = mantissa.replace(".", "").replace(/0+$/, "");
  if (exponent < -5 || exponent > 14) {
    return `${sign}${all[0]}${all.length > 1 ? "." : ""}${all.slice(1)}e${exponent < 0 ? "−" : ""}${Math.abs(exponent)}`;
  }
  if (exponent < 0) {
    return `${sign}0.${"0".repeat(-exponent - 1)}${all}`;
  }
  const whole = all.padEnd(exponent + 1, "0");
  return sign + whole.slice(0, exponent + 1) + (whole.length > exponent + 1 ? "." + whole.slice(exponent + 1) : "");
}

/**
 * A number with four digits.
 * @param {number} value
 */
function brief(value) {
  return digits(value, 4);
}

/**
 * A number, a short list, or what a long one holds in one word.
 * @param {ArrayLike<number>} values
 * @param {number} [significant]
 * @returns {string}
 */
function shortly(values, significant) {
  if (values.length === 1) {
    return digits(values[0], significant);
  }
  if (values.length === 0) {
    return "nothing";
  }
  const list = Array.from(values);
  // -0 + 0 is 0: in a list the sign of nothing is noise.
  return list.length <= 3 ? `(${list.map((v) => brief(v + 0)).join(", ")})` : `rms ${brief(Math.sqrt(list.reduce((sum, v) => sum + v * v, 0) / list.length))}`;
}

/**
 * A number inside a product: a negative one in parentheses.
 * @param {number} value
 */
function signed(value) {
  return value < 0 || Object.is(value, -0) ? `(${digits(value)})` : digits(value);
}

/**
 * What a person typed: a number with a point or a comma, any minus sign, or a fraction. Null where it is none.
 * @param {string} text
 * @returns {number | null}
 */
function typed(text) {
  const plain = text.trim().replace(/[−–]/g, "-").replace(/^\+/, "").replace(/^(-?\d+),(\d+)$/, "$1.$2");
  const parts = plain.split("/");
  if (parts.length > 2 || parts.some((p) => !/^\s*-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(p))) {
    return null;
  }
  const value = parts.length === 2 ? Number(parts[0]) / Number(parts[1]) : Number(parts[0]);
  return Number.isFinite(value) ? value : null;
}

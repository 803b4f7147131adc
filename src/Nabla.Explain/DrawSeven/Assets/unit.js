// @ts-check
// One unit, opened.

/** @param {DrawnLayer} layer @returns {layer is Opened} */
function isOpened(layer) {
  return layer.input !== undefined && layer.sums !== undefined && layer.kernel !== undefined;
}

/** One unit: what went in, times its weights, and what came of it. */
class UnitCard {
  static MOST = 8;

  /** @param {Drawn} data */
  constructor(data) {
    this.data = data;
  }

  /** The name of a unit's input. @param {Opened} layer @param {number} i */
  inputName(layer, i) {
    const { width, height } = this.data.picture;
    const from = this.data.layers.find((l) => l.output === layer.input);
    const count = this.data.variables[layer.kernel].dims[0];
    return from ? `${from.name}, unit ${i}` : count === width * height ? `pixel in row ${Math.floor(i / width)}, column ${i % width}` : `input ${i}`;
  }

  /** @param {number} l @param {number} u @param {Sight} sight @param {Memory} memory */
  show(l, u, sight, memory) {
    const layer = this.data.layers[l];
    const opened = isOpened(layer);
    byId('unit-title').textContent = `${layer.name}, unit ${u}${l === this.data.layers.length - 1 ? `: the score of ${this.data.classes[u]}` : ''}`;
    byId('unit-closed').hidden = opened;
    byId('unit-open').hidden = !opened;
    if (!opened) {
      byId('unit-closed').textContent = `Its value is ${shown(sight.values[layer.output][u])}. A ${layer.kind} layer is shown as a whole.`;
      return;
    }
    const inputs = sight.values[layer.input];
    const [kernel, units] = [memory[layer.kernel], layer.units];
    const weights = Float64Array.from(inputs, (_, i) => kernel[i * units + u]);
    const products = Float64Array.from(inputs, (a, i) => a * weights[i]);
    const bias = layer.bias === undefined ? 0 : memory[layer.bias][u];
    const [sum, value] = [sight.values[layer.sums][u], sight.values[layer.output][u]];
    const top = placesOfLargest(products, UnitCard.MOST).filter((i) => products[i] !== 0);
    const others = products.reduce((s, p) => s + p, 0) - top.reduce((s, i) => s + products[i], 0);
    byId('unit-formula').textContent = `z = a₀·w₀ + a₁·w₁ + … + b = ${shown(sum)}${layer.activation ? `,  a = ${layer.activation}(z) = ${shown(value)}` : ''}`;
    byId('unit-rows').replaceChildren(
      ...top.map((i) => row(this.inputName(layer, i), told(inputs[i]), told(weights[i]), told(products[i]))),
      row(`the other ${inputs.length - top.length}`, '', '', told(others)),
      ...(layer.bias === undefined ? [] : [row('b, the bias', '', '', told(bias))]),
      row('z, their sum', '', '', told(sum)),
    );
    const isPicture = inputs.length === this.data.picture.width * this.data.picture.height;
    byId('unit-pictures').hidden = !isPicture;
    if (isPicture) {
      paintHeat(find('unit-weights', HTMLCanvasElement), weights, this.data.picture.width);
      paintHeat(find('unit-products', HTMLCanvasElement), products, this.data.picture.width);
    }
  }
}

#:project ../src/Nabla/Nabla.csproj
#:project ../src/Nabla.Data/Nabla.Data.csproj
#:property PublishAot=false
// The code of the lectures, line by line, in C#. Lesson numbers are those of docs/lessons.md and the tests.
// Start: dotnet run -c Release samples/lectures.cs
using Nabla;
using Nabla.Data;

DataSet digits = DataSets.Load("digits");                                    // 1,797 digits of 8x8 pixels
NDArray X = digits.X.Reshape(-1, 64) / 16f;
NDArray Y = digits.Y;

// L8: binary classification, three layers of sigmoids: is it a 1 or a 0?
int[] labels = Y.ToArray<int>();
int[] twoKinds = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] < 2)];
NDArray x01 = NDArray.Stack([.. twoKinds.Select(i => X[i])]);
NDArray y01 = twoKinds.Select(i => (float)labels[i]).ToArray();
var binary = new Sequential([new Dense(units: 25, activation: "sigmoid"), new Dense(units: 15, activation: "sigmoid"), new Dense(units: 1, activation: "sigmoid")], seed: 1);
binary.Compile(loss: new BinaryCrossentropy());                               // L9: says which optimizer that means, and L15: the better form
History history = binary.Fit(x01, y01, epochs: 100, verbose: 0);
Console.WriteLine($"L8  loss after 100 epochs {history["loss"][^1]:F2}; L9: {history.Steps} steps, not 100");

// L10: logistic regression as NumPy writes it, at w = 0 and b = 0: z = 0, f = 1/2, loss = ln 2.
NDArray x = new[] { 1.0, 2.0 }, w = new[] { 0.0, 0.0 };
double b = 0, y = 1;
NDArray z = (w * x).Sum() + b;
NDArray f_x = 1 / (1 + (-z).Exp());
NDArray loss = (-y * f_x.Log()) - ((1 - y) * (1 - f_x).Log());
Console.WriteLine($"L10 f = {f_x.Item<double>():F1}, loss = {loss.Item<double>():F12}");

// L11, L12: the loss of one example, and the cost, its mean over all.
NDArray truth = new double[,] { { 1 }, { 0 } }, guess = new[,] { { 0.8 }, { 0.4 } };
NDArray each = new BinaryCrossentropy(reduction: "none").Call(truth, guess);
Console.WriteLine($"L11 losses {each[0].Item<double>():F6} and {each[1].Item<double>():F6}; L12 cost {new BinaryCrossentropy().Call(truth, guess).Item<double>():F6}");

// L13: one step of gradient descent, all gradients taken at the old values.
var cost = Differentiable.Of((Tensor w, Tensor b) => (w * 3.0 + b - 2.0).Square());
var (J, slopes) = cost.ValueAndGradients(1, 0);
double alpha = 0.1;
Console.WriteLine($"L13 J = {J.Item<double>():F0}: w becomes {1 - (alpha * slopes[0].Item<double>()):F1}, b {0 - (alpha * slopes[1].Item<double>()):F1}");

// L14: rectified linear units in the hidden layers.
var relu = new Sequential([new Dense(25, "relu"), new Dense(15, "relu"), new Dense(1, "sigmoid")], seed: 1);
relu.Compile("adam", new BinaryCrossentropy(), ["accuracy"], verbose: 0);
Console.WriteLine($"L14 accuracy {relu.Fit(x01, y01, epochs: 20, verbose: 0)["accuracy"][^1]:F2}");

// L15: the version not to use: it works, and compiling prints the better one.
var softmax = new Sequential([new Dense(25, "relu"), new Dense(15, "relu"), new Dense(10, "softmax")], seed: 1);
softmax.Compile("adam", new SparseCategoricalCrossentropy(), ["accuracy"]);
Console.WriteLine($"L15 accuracy {softmax.Fit(X, Y, epochs: 20, verbose: 0)["accuracy"][^1]:F1}");

// L16: the accurate version. The model's output is z, not a.
var model = new Sequential([new Dense(25, "relu"), new Dense(15, "relu"), new Dense(10, "linear")], seed: 1);
model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true), verbose: 0);
model.Fit(X, Y, epochs: 20, verbose: 0);
NDArray logits = model.Call(X[..1]);
NDArray a = Nn.Softmax(logits);
Console.WriteLine($"L16 the first digit is a {a.ArgMax(-1)[0]} with probability {a.Max().Item<float>():F1}; the probabilities sum to {a.Sum().Item<float>():F3}");

// L17: logistic regression, accurate.
var logistic = new Sequential([new Dense(25, "sigmoid"), new Dense(15, "sigmoid"), new Dense(1, "linear")], seed: 1);
logistic.Compile("adam", new BinaryCrossentropy(fromLogits: true), verbose: 0);
logistic.Fit(x01, y01, epochs: 40, verbose: 0);
NDArray logit = logistic.Call(x01[..2]);
NDArray probability = Nn.Sigmoid(logit);
Console.WriteLine($"L17 is it a 1? {probability[0].Item<float>() > 0.5f} and {probability[1].Item<float>() > 0.5f} (the labels say {labels[twoKinds[0]]} and {labels[twoKinds[1]]})");

// L18: Adam with its learning rate.
var adam = new Sequential([new Dense(units: 25, activation: "sigmoid"), new Dense(units: 15, activation: "sigmoid"), new Dense(units: 10, activation: "linear")], seed: 1);
adam.Compile(optimizer: new Adam(learningRate: 1e-3), loss: new SparseCategoricalCrossentropy(fromLogits: true), metrics: ["accuracy"], verbose: 0);
Console.WriteLine($"L18 accuracy after 100 epochs {adam.Fit(X, Y, epochs: 100, verbose: 0)["accuracy"][^1]:F1}");

#:project ../src/Nabla/Nabla.csproj
#:project ../src/Nabla.Data/Nabla.Data.csproj
#:property PublishAot=false
// The coffee-roasting lab: which temperature and duration make good coffee? Two features, three hidden units.
// Start: dotnet run -c Release samples/coffee.cs
using Nabla;
using Nabla.Data;

DataSet coffee = Generate.CoffeeRoasting(200, seed: 1);                      // temperature in degrees, duration in minutes; 1 for good
NDArray X = coffee.X, Y = coffee.Y;

var normalize = new Normalization(axis: -1);
normalize.Adapt(X);                                                          // learns mean and variance
var model = new Sequential(
[
    new Input(2),
    normalize,
    new Dense(3, activation: "sigmoid", name: "layer1"),
    new Dense(1, activation: "linear", name: "layer2"),
], seed: 1234);
model.Compile(new Adam(learningRate: 0.1), new BinaryCrossentropy(fromLogits: true), [new BinaryAccuracy("accuracy", threshold: 0)], verbose: 0);
Console.WriteLine(model.Summary());
model.Fit(X, Y, epochs: 500, verbose: 0);

NDArray roasts = new float[,] { { 200, 13.9f }, { 200, 17 } };                // a good one, and one that is too long
NDArray p = Nn.Sigmoid(model.Predict(roasts));
Console.WriteLine($"good at 200 degrees for 13.9 minutes: {(p[0].Item<float>() > 0.5f ? "yes" : "no")}");
Console.WriteLine($"good at 200 degrees for 17.0 minutes: {(p[1].Item<float>() > 0.5f ? "yes" : "no")}");
Console.WriteLine($"accuracy {model.Evaluate(X, Y)["accuracy"]:F1}");

// What a stranger's first program may look like. Run by eng/smoke.sh in a fresh project that has the packages and nothing else.
using Nabla;
using Nabla.Data;

var ((xTrain, yTrain), (xTest, yTest)) = Digits.Load().Split(seed: 0);
var model = new Sequential(
[
    new Rescaling(1.0 / 16),
    new Dense(25, "relu"),
    new Dense(15, "relu"),
    new Dense(10),
], seed: 1);
model.Compile("adam", new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"]);
model.Fit(xTrain, yTrain, epochs: 40, verbose: 0);
double accuracy = model.Evaluate(xTest, yTest)["accuracy"];

string path = Path.Combine(Path.GetTempPath(), $"smoke-{Guid.NewGuid():N}.nabla");
try
{
    model.Save(path);
    bool same = Sequential.Load(path).Predict(xTest).ValueEquals(model.Predict(xTest));
    Console.WriteLine(FormattableString.Invariant($"accuracy {accuracy:0.000}, the model read back answers {(same ? "the same" : "otherwise")}"));
    return accuracy > 0.9 && same ? 0 : 1;
}
finally
{
    File.Delete(path);
}

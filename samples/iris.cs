#:project ../src/Nabla/Nabla.csproj
#:project ../src/Nabla.Data/Nabla.Data.csproj
#:property PublishAot=false
// Three kinds of iris flowers from four measurements, with a fifth held out to test.
// Start: dotnet run -c Release samples/iris.cs
using Nabla;
using Nabla.Data;

DataSet iris = DataSets.Load("iris");
var ((xTrain, yTrain), (xTest, yTest)) = Split.Stratified(iris.X, iris.Y, testFraction: 0.2, seed: 1);

var normalize = new Normalization();
normalize.Adapt(xTrain);
var model = new Sequential([normalize, new Dense(10, "relu"), new Dense(3)], seed: 1);
model.Compile(new Adam(0.01), new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"], verbose: 0);
model.Fit(xTrain, yTrain, epochs: 60, verbose: 0);

var matrix = new ConfusionMatrix(3);
matrix.UpdateState(yTest, model.Predict(xTest));
Console.WriteLine(matrix);
Console.WriteLine($"test accuracy {model.Evaluate(xTest, yTest)["accuracy"]:F1}");

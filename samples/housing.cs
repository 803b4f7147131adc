#:project ../src/Nabla/Nabla.csproj
#:project ../src/Nabla.Data/Nabla.Data.csproj
#:property PublishAot=false
// Prices of houses from rows of one's own type: what goes in and what is to be found are said by functions of a row.
// Start: dotnet run -c Release samples/housing.cs
using Nabla;

var random = new Random(1);
House[] houses = [.. Enumerable.Range(0, 500).Select(_ =>
{
    double area = 50 + (random.NextDouble() * 150);
    int rooms = random.Next(1, 7), age = random.Next(0, 60);
    return new House(area, rooms, age, Price: 40 + (2.1 * area) + (15 * rooms) - (0.9 * age) + (random.NextDouble() * 20));       // in thousands
})];

var normalize = new Normalization();
normalize.Adapt(NDArray.Stack([.. houses.Select(h => (NDArray)Features(h))]));
var model = new Sequential([normalize, new Dense(16, "relu"), new Dense(1)], seed: 1);
model.Compile(new Adam(0.05), "mse", ["mae"], verbose: 0);
model.Fit(houses, Features, h => (float)h.Price, new FitOptions { Epochs = 200, Verbose = 0 });

var asked = new House(Area: 120, Rooms: 4, Age: 10, Price: 0);
double price = model.Predict(NDArray.From(Features(asked)).Reshape(1, -1)).Item<float>();
Console.WriteLine($"120 square metres, 4 rooms, 10 years old: {(Math.Abs(price - 353) < 15 ? "about 353 thousand" : $"{price:F0} thousand")}");

static float[] Features(House h) => [(float)h.Area, h.Rooms, h.Age];

sealed record House(double Area, int Rooms, int Age, double Price);

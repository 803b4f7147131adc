#:project ../src/Nabla/Nabla.csproj
#:project ../src/Nabla.Data/Nabla.Data.csproj
#:property PublishAot=false
// Several yes-or-no answers at once: is there a car, a bus, a pedestrian in the picture? Three sigmoids, not one softmax.
// Start: dotnet run -c Release samples/multilabel.cs
using Nabla;

// A stand-in for pictures: each thing lights up eight of 24 pixels, with noise on all of them.
var random = new Random(1);
string[] things = ["car", "bus", "pedestrian"];
const int Count = 600;
var pixels = new float[Count, 24];
var labels = new float[Count, 3];
for (int i = 0; i < Count; i++)
{
    for (int thing = 0; thing < 3; thing++)
    {
        labels[i, thing] = random.Next(2);
        for (int pixel = 0; pixel < 8; pixel++)
        {
            pixels[i, (thing * 8) + pixel] = labels[i, thing] + (random.NextSingle() - 0.5f);
        }
    }
}

var model = new Sequential([new Dense(16, "relu"), new Dense(3, "linear")], seed: 1);
model.Compile("adam", new BinaryCrossentropy(fromLogits: true), [new BinaryAccuracy(threshold: 0)], verbose: 0);   // the mean of three logistic losses
History history = model.Fit(pixels, labels, epochs: 30, verbose: 0);

// The lecture's first picture: car and pedestrian, no bus.
var picture = new float[1, 24];
for (int pixel = 0; pixel < 8; pixel++)
{
    (picture[0, pixel], picture[0, 16 + pixel]) = (1, 1);
}

float[] answer = Nn.Sigmoid(model.Predict(picture)).ToArray<float>();
Console.WriteLine(string.Join(", ", things.Zip(answer, (thing, p) => $"{thing}: {(p > 0.5f ? "yes" : "no")}")));
Console.WriteLine($"the three need not sum to 1: {answer.Sum():F1}");
Console.WriteLine($"binary accuracy {history["binary_accuracy"][^1]:F1}");

#:project ../src/Nabla/Nabla.csproj
#:project ../src/Nabla.Data/Nabla.Data.csproj
#:property PublishAot=false
// A training loop of one's own: gradients per variable, changed as you like, then given to the optimizer.
// Start: dotnet run -c Release samples/custom-loop.cs
using Nabla;
using Nabla.Data;

DataSet moons = Generate.Moons(200, noise: 0.1, seed: 1);
var model = new Sequential([new Input(2), new Dense(16, "tanh"), new Dense(2)], seed: 1);
model.Compile(new Adam(0.05), new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"], verbose: 0);

for (int step = 1; step <= 200; step++)
{
    (double loss, var gradients) = model.Gradients(moons.X, moons.Y);

    // Anything may happen to gradients here: this halves those of biases.
    model.Optimizer!.Apply([.. gradients.Select(g => (g.Variable.Name.EndsWith("bias", StringComparison.Ordinal) ? g.Gradient * 0.5f : g.Gradient, g.Variable))]);
    if (step % 100 == 0)
    {
        Console.WriteLine($"step {step}: loss {(loss < 0.2 ? "below" : "above")} 0.2");
    }
}

Console.WriteLine($"accuracy {model.Evaluate(moons.X, moons.Y)["accuracy"]:F1}");

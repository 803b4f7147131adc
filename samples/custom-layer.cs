#:project ../src/Nabla/Nabla.csproj
#:project ../src/Nabla.Data/Nabla.Data.csproj
#:property PublishAot=false
// A layer of one's own: x · w + b with one weight a feature, and a count of the batches it has learned from. It saves and loads.
// Start: dotnet run -c Release samples/custom-layer.cs
using Nabla;

Layer.Register("Scale", config => new Scale(config.Number("start", 1), config.RequiredText("name")));

NDArray x = new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 }, { 7, 8 } };
NDArray y = x * 3 + 1;
var scale = new Scale(start: 1, name: "scale");
var model = new Sequential([new Input(2), scale], seed: 1);
model.Compile(new Adam(0.1), "mse");
model.Fit(x, y, epochs: 400, verbose: 0);
Console.WriteLine($"w = {scale.GetWeights()[0]}, b = {scale.GetWeights()[1]}, batches seen: {scale.GetWeights()[2].Item<float>()}");

model.Save("scale.nabla");
Console.WriteLine($"loaded again it gives the same: {Sequential.Load("scale.nabla").Predict(x).ToArray<float>().SequenceEqual(model.Predict(x).ToArray<float>())}");

sealed class Scale(double start, string? name = null) : Layer(name)
{
    private Variable? _w, _b, _seen;

    protected override void Build(TensorType input)
    {
        _w = AddWeight("w", [input.Dims[-1].Size], Initializer.Constant(start));
        _b = AddWeight("b", [input.Dims[-1].Size], Initializer.Zeros);
        _seen = AddWeight("seen", Dims.Scalar, Initializer.Zeros, trainable: false);
    }

    protected override Tensor Call(Tensor input, CallContext context)
    {
        if (context.Training)
        {
            context.Update(_seen!, context[_seen!] + 1);
        }

        return (input * context[_w!]) + context[_b!];
    }

    protected override void WriteConfig(ConfigWriter config) => config.Number("start", start);
}

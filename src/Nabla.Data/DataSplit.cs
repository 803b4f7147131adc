namespace Nabla.Data;

/// <summary>Samples to learn from, and others kept back to measure what was learned.</summary>
/// <param name="XTrain">Features to learn from, one sample per row of the first axis.</param>
/// <param name="YTrain">Their labels.</param>
/// <param name="XTest">Features kept back.</param>
/// <param name="YTest">Their labels.</param>
/// <example><code>
/// DataSplit parts = Iris.Load().Split(seed: 1);
/// Console.WriteLine(parts);   // train float32[120,4], test float32[30,4]
/// var ((xTrain, yTrain), (xTest, yTest)) = parts;
/// </code></example>
public sealed record DataSplit(NDArray XTrain, NDArray YTrain, NDArray XTest, NDArray YTest)
{
    /// <summary>In Keras' nesting: <c>var ((xTrain, yTrain), (xTest, yTest)) = Mnist.Load();</c></summary>
    public void Deconstruct(out (NDArray X, NDArray Y) train, out (NDArray X, NDArray Y) test) =>
        (train, test) = ((XTrain, YTrain), (XTest, YTest));

    /// <summary><c>train uint8[60000,28,28], test uint8[10000,28,28]</c>.</summary>
    public override string ToString() => $"train {XTrain.DType.Name}{XTrain.Dims}, test {XTest.DType.Name}{XTest.Dims}";
}

namespace Nabla.Tests.Training;

/// <summary>The course of a training through the public surface.</summary>
public sealed class FitTests
{
    [Fact]
    public void The_lecture_s_model_trains_line_by_line()
    {
        (NDArray x, NDArray y) = Problems.Digits(64);
        var model = new Sequential([new Dense(units: 25, activation: "relu"), new Dense(15, "relu"), new Dense(10, "linear")], seed: 1);
        model.Compile(optimizer: new Adam(learningRate: 1e-2), loss: new SparseCategoricalCrossentropy(fromLogits: true), metrics: ["accuracy"]);
        History history = model.Fit(x, y, epochs: 3, verbose: 0);
        Assert.Equal(["accuracy", "loss"], history.Keys);
        Assert.True(history["loss"][^1] < history["loss"][0]);
        Assert.Equal([64, 10], model.Call(x).Dims.Sizes);
    }
}

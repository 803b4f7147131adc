using Nabla.Data;
using static Nabla.Explain.Tests.Doctor.Patients;

namespace Nabla.Explain.Tests.Doctor;

/// <summary>Sick trainings on which no threshold was set.</summary>
public sealed class OtherPatientsTests
{
    [Theory]
    [InlineData("moons, 12 tanh layers of small weights", "vanishing-gradients")]
    [InlineData("moons, relu of 16 with momentum 0.99 and rate 3", "learning-rate-too-high")]
    [InlineData("moons, sgd 1e-7", "learning-rate-too-low")]
    [InlineData("wine, not scaled", "unscaled-features")]
    [InlineData("wine, not scaled, tanh", "saturated-units")]
    [InlineData("digits, hidden layer of zeros", "symmetric-units")]
    [InlineData("iris, labels 1 to 3", "labels-from-one")]
    [InlineData("circles, log of an output of relu", "not-finite")]
    [InlineData("blobs, divided by a feature that is 0 once", "not-finite")]
    [InlineData("sine, exp of a large feature", "not-finite")]
    [InlineData("moons, one relu output below 0", "dead-relus")]
    [InlineData("circles, sigmoid and mse, started wrong", "saturated-units")]
    [InlineData("breast cancer, softmax and logits", "output-and-loss")]
    public void Each_is_diagnosed(string patient, string rule)
    {
        (Sequential model, NDArray x, NDArray y, int epochs) = Patient(patient);
        try
        {
            Found(Trained(model, x, y, epochs), rule);
        }
        catch (TrainingDataException)
        {
            Found(model.Diagnose(x, y), rule); // Fit itself refuses such data
        }
    }

    private static (Sequential Model, NDArray X, NDArray Y, int Epochs) Patient(string patient)
    {
        (NDArray moons, NDArray sides) = Generate.Moons(200, seed: 4);
        (NDArray rings, NDArray inside) = Generate.Circles(200, seed: 4);
        Loss yesOrNo = new BinaryCrossentropy(fromLogits: true);
        Loss classes = new SparseCategoricalCrossentropy(fromLogits: true);
        switch (patient)
        {
            case "moons, 12 tanh layers of small weights":
                return (Made(yesOrNo, new SGD(0.05), [.. Enumerable.Range(0, 12).Select(_ => new Dense(10, "tanh", kernelInitializer: new RandomNormal(0, 0.1))), new Dense(1)]), moons, sides, 3);
            case "moons, relu of 16 with momentum 0.99 and rate 3":
                return (Made(yesOrNo, new SGD(3, momentum: 0.99), new Dense(16, "relu"), new Dense(1)), moons, sides, 20);
            case "moons, sgd 1e-7":
                return (Made(yesOrNo, new SGD(1e-7), new Dense(16, "relu"), new Dense(1)), moons, sides, 10);
            case "wine, not scaled":
                return (Made(classes, new Adam(0.01), new Dense(16, "relu"), new Dense(3)), Wine.Load().X, Wine.Load().Y, 3);
            case "wine, not scaled, tanh":
                return (Made(classes, new Adam(0.001), new Dense(16, "tanh"), new Dense(3)), Wine.Load().X, Wine.Load().Y, 3);
            case "digits, hidden layer of zeros":
                return (Made(classes, new Adam(0.01), new Flatten(), new Rescaling(1 / 16.0), new Dense(16, "relu", kernelInitializer: "zeros"), new Dense(10)), Digits.Load().X[..400], Digits.Load().Y[..400], 2);
            case "iris, labels 1 to 3":
                return (Made(classes, new Adam(0.01), new InputLayer(4), new Dense(8, "relu"), new Dense(3)), Iris.Load().X, Iris.Load().Y + 1, 2);
            case "circles, log of an output of relu":
                return (Made("mse", new SGD(0.01), new Dense(8, "relu"), new Nabla.Lambda(t => t.Log()), new Dense(1)), rings, inside, 2);
            case "blobs, divided by a feature that is 0 once":
                NDArray rows = NDArray.Concat([rings, new[,] { { 0f, 1f } }]);
                return (Made("mse", new SGD(0.01), new Nabla.Lambda(t => 1 / t), new Dense(1)), rows, NDArray.Concat([inside.AsType(DType.Float32).Reshape(-1), new[] { 0f }]), 2);
            case "sine, exp of a large feature":
                (NDArray angles, NDArray sines) = Generate.Sine(100, seed: 4);
                return (Made("mse", new SGD(0.01), new Nabla.Lambda(t => (100 * t).Exp()), new Dense(1)), angles, sines, 2);
            case "moons, one relu output below 0":
                return (Made("mse", new SGD(0.05), new Dense(16, "tanh"), new Dense(1, "relu", biasInitializer: new ConstantInitializer(-10))), moons, sides, 5);
            case "circles, sigmoid and mse, started wrong":
                return (Made("mse", new SGD(0.1), new Dense(8, "tanh"), new Dense(1, "sigmoid", biasInitializer: new ConstantInitializer(9))), rings, inside, 5);
            default:
                return (Made(classes, new Adam(0.001), new BatchNormalization(), new Dense(8, "relu"), new Dense(2, "softmax")), BreastCancer.Load().X, BreastCancer.Load().Y, 2);
        }
    }

    private static Sequential Made(Loss loss, Optimizer optimizer, params Layer[] layers)
    {
        Sequential model = new(layers, seed: 4);
        model.Compile(optimizer, loss, verbose: 0);
        return model;
    }
}

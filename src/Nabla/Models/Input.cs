namespace Nabla;

/// <summary>Where data enter a functional model. In a <see cref="Sequential"/> it may stand first among the layers.</summary>
/// <example><code>
/// Input image = new([28, 28], name: "image");
/// Model small = new(image, new Dense(10).Call(new Flatten().Call(image)));
/// Sequential same = new([new Input([28, 28]), new Flatten(), new Dense(10)]);
/// </code></example>
public sealed class Input : LayerTensor
{
    /// <summary>An input.</summary>
    /// <param name="shape">The dims of one sample, without the batch axis: <c>[28, 28]</c>; <c>[]</c> for one number a sample.</param>
    /// <param name="name">The name by which data are given; null makes one.</param>
    /// <param name="dtype">float32 by default; int32 or int64 for class numbers that go to an Embedding.</param>
    public Input(Dims shape, string? name = null, DType dtype = DType.Float32)
        : base(new TensorType(Checked(dtype), [new Dim(2, StepGraphs.Batch), .. shape]), null, 0) => Name = name ?? AutoName.Next("InputLayer");

    /// <summary>An input of vectors.</summary>
    /// <param name="features">The number of features.</param>
    /// <param name="name">The name by which data are given; null makes one.</param>
    /// <param name="dtype">float32 by default.</param>
    public Input(int features, string? name = null, DType dtype = DType.Float32)
        : this([features], name, dtype)
    {
    }

    /// <summary>The name by which data are given.</summary>
    public string Name { get; }

    /// <summary>The dims of one sample.</summary>
    public Dims Shape => Type.Dims[1..];

    /// <summary>The first layer of a <see cref="Sequential"/>.</summary>
    public static implicit operator Layer(Input input) => new InputLayer(input.Shape, input.Name, input.Type.DType);

    private static DType Checked(DType dtype) => dtype is DType.Float32 or DType.Float64 or DType.Int32 or DType.Int64 or DType.UInt8 or DType.Boolean
        ? dtype
        : throw new ArgumentException($"Input: expected a dtype of float32, float64, int32, int64, uint8 or bool, received {dtype.Name}.", nameof(dtype));
}

namespace Nabla;

/// <summary>
/// A named value that lives outside every plan: a weight, or a piece of an optimizer's state. Plans read and write its memory in place.
/// </summary>
/// <remarks>The first values are drawn when they are first needed: a model can be built, and compared with a file, before memory is taken.</remarks>
/// <example><code>
/// Variable kernel = model.Layers[0].Weights[0];
/// Console.WriteLine(kernel);   // dense/kernel : float32[784,25]
/// kernel.Assign(kernel.Value * 0.5);
/// </code></example>
public sealed class Variable
{
    private readonly Lock _gate = new();
    private Func<NDArray>? _initial;
    private TensorBuffer? _buffer;

    internal Variable(string name, NDArray value, bool trainable)
        : this(name, value.Type, trainable) => _buffer = TensorBuffer.Copy(value);

    internal Variable(string name, TensorType type, bool trainable, Regularizer? regularizer = null, Constraint? constraint = null)
    {
        Name = name;
        Type = type;
        Trainable = trainable;
        Regularizer = regularizer;
        Constraint = constraint;
    }

    /// <summary>The layer's name and the weight's: <c>dense/kernel</c>.</summary>
    public string Name { get; }

    /// <summary>Element type and dims.</summary>
    public TensorType Type { get; }

    /// <summary>Whether training changes it.</summary>
    public bool Trainable { get; }

    /// <summary>What is added to the loss for its values; null for nothing.</summary>
    public Regularizer? Regularizer { get; }

    /// <summary>What its values are brought back to after each step; null for no bound.</summary>
    public Constraint? Constraint { get; }

    /// <summary>A copy of the values.</summary>
    public NDArray Value => Buffer.ToArray();

    internal TensorBuffer Buffer
    {
        get
        {
            if (Volatile.Read(ref _buffer) is { } ready)
            {
                return ready;
            }

            lock (_gate)
            {
                return _buffer ??= TensorBuffer.Copy(First());
            }
        }
    }

    /// <summary>Overwrites the values; they are converted to the variable's element type.</summary>
    /// <exception cref="ShapeException">The dims are others.</exception>
    public void Assign(NDArray value)
    {
        if (!value.Dims.SameSizes(Type.Dims))
        {
            throw new ShapeException($"Variable '{Name}': expected values of dims {Type.Dims}, received {value.Type}. Transpose or reshape them first.");
        }

        NDArray converted = value.AsType(Type.DType);
        lock (_gate)
        {
            if (_buffer is null)
            {
                Volatile.Write(ref _buffer, TensorBuffer.Copy(converted));
                return;
            }
        }

        _buffer.Write(converted);
    }

    /// <summary>Says what the first values are, before anybody has seen them.</summary>
    internal void StartFrom(Func<NDArray> initial) => _initial = initial;

    /// <summary>The first values; zeros where nobody said.</summary>
    internal NDArray First() => _initial?.Invoke() ?? NDArray.Zeros(Type.DType, Type.Dims);

    /// <summary><c>dense/kernel : float32[784,25]</c>.</summary>
    public override string ToString() => $"{Name} : {Type}";
}

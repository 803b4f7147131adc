namespace Nabla;

/// <summary>
/// A named value that lives outside every plan: a weight, or a piece of an optimizer's state. Plans read and write its memory in place.
/// </summary>
public sealed class Variable
{
    internal Variable(string name, NDArray value, bool trainable)
    {
        Name = name;
        Trainable = trainable;
        Buffer = TensorBuffer.Copy(value);
    }

    /// <summary>The layer's name and the weight's: <c>dense/kernel</c>.</summary>
    public string Name { get; }

    /// <summary>Element type and dims.</summary>
    public TensorType Type => Buffer.Type;

    /// <summary>Whether training changes it.</summary>
    public bool Trainable { get; }

    /// <summary>A copy of the values.</summary>
    public NDArray Value => Buffer.ToArray();

    internal TensorBuffer Buffer { get; }

    /// <summary>Overwrites the values; they are converted to the variable's element type.</summary>
    /// <exception cref="ShapeException">The dims are others.</exception>
    public void Assign(NDArray value)
    {
        if (!value.Dims.SameSizes(Type.Dims))
        {
            throw new ShapeException($"Variable '{Name}': expected values of dims {Type.Dims}, received {value.Type}. Transpose or reshape them first.");
        }

        Buffer.Write(value.AsType(Type.DType));
    }

    /// <summary><c>dense/kernel : float32[784,25]</c>.</summary>
    public override string ToString() => $"{Name} : {Type}";
}

using System.Collections.Immutable;

namespace Nabla;

/// <summary>The type of a node: a tensor, or a tuple of types for an op with several results.</summary>
/// <example><code>
/// IrType type = input.Node.Type;
/// string text = type is TensorType tensor ? $"a tensor of {tensor.Dims.Rank} axes" : "a tuple";
/// </code></example>
public abstract record IrType
{
    private protected IrType()
    {
    }
}

/// <summary>An element type and dims: <c>float32[batch=32,10]</c>.</summary>
/// <param name="DType">The element type.</param>
/// <param name="Dims">The dimensions.</param>
/// <example><code>
/// TensorType images = new(DType.Float32, [new Dim(32, "batch"), 28, 28]);
/// Console.WriteLine(images);   // float32[batch=32,28,28]
/// </code></example>
public sealed record TensorType(DType DType, Dims Dims) : IrType
{
    /// <summary>A scalar of the given element type.</summary>
    public static TensorType Scalar(DType dtype) => new(dtype, Dims.Scalar);

    /// <summary>Whether element type and sizes agree, whatever the names of the dims.</summary>
    public bool Matches(TensorType other) => DType == other.DType && Dims.SameSizes(other.Dims);

    /// <summary><c>float32[32,10]</c>; a scalar prints as <c>float32[]</c>.</summary>
    public override string ToString() => $"{DType.Name}{Dims}";
}

/// <summary>Several values in one: <c>(float32[2], int32[2])</c>.</summary>
/// <param name="Items">The types of the parts.</param>
/// <example><code>
/// TupleType pair = new([new TensorType(DType.Float32, [2]), TensorType.Scalar(DType.Int32)]);
/// Console.WriteLine(pair);   // (float32[2], int32[])
/// </code></example>
public sealed record TupleType(ImmutableArray<IrType> Items) : IrType
{
    /// <inheritdoc/>
    public bool Equals(TupleType? other) => other is not null && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (IrType item in Items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <summary><c>(float32[2], int32[2])</c>.</summary>
    public override string ToString() => $"({string.Join(", ", Items)})";
}

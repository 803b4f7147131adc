using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>The types of an op's operands, with the checks that type rules share.</summary>
/// <param name="op">The op that asks; named in messages.</param>
/// <param name="types">The operand types in order.</param>
/// <example><code>
/// Nabla.Ops.MatMul product = new(TransposeLeft: false, TransposeRight: false);
/// TensorType left = new(DType.Float32, [32, 4]), right = new(DType.Float32, [4, 10]);
/// IrType result = product.Infer(new Nabla.Ops.OperandTypes(product, [left, right]));   // float32[32,10]
/// </code></example>
public readonly struct OperandTypes(Op op, ImmutableArray<IrType> types)
{
    /// <summary>The number of operands.</summary>
    public int Count => types.Length;

    /// <summary>The types in order.</summary>
    public ImmutableArray<IrType> All => types;

    /// <summary>The operand at a place, as a tensor.</summary>
    public TensorType this[int index] => types[index] as TensorType
        ?? throw Error($"expected a tensor as operand {index + 1}, received the tuple {types[index]}");

    /// <summary>Demands a number of operands.</summary>
    public void Expect(int count)
    {
        if (types.Length != count)
        {
            throw Error($"expected {count} operands, received {types.Length}");
        }
    }

    /// <summary>Demands that two or more operands have one type (sizes and element type; names are merged) and returns it.</summary>
    public TensorType ExpectSame(int first, int last)
    {
        TensorType type = this[first];
        for (int i = first + 1; i <= last; i++)
        {
            if (!this[i].Matches(type))
            {
                throw Error("expected operands of one type. Cast or broadcast one of them");
            }

            for (int axis = 0; axis < type.Dims.Rank; axis++)
            {
                if (type.Dims[axis].Name is null && this[i].Dims[axis].Name is not null)
                {
                    type = type with { Dims = type.Dims.With(axis, this[i].Dims[axis]) };
                }
            }
        }

        return type;
    }

    /// <summary>Demands that the operand at a place has an element type that passes a test.</summary>
    public TensorType Expect(int index, Func<DType, bool> allowed, string description)
    {
        TensorType type = this[index];
        return allowed(type.DType) ? type : throw Error($"expected {description} as operand {index + 1}, received {type}. Cast it first");
    }

    /// <summary>An error that names the op and shows its operands.</summary>
    public ShapeException Error(string what) => new($"{op}: {what} (operands: {string.Join(", ", types)}).");
}

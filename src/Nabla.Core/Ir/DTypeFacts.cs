namespace Nabla;

/// <summary>Facts about element types.</summary>
/// <example><code>
/// DType dtype = x.DType;
/// Console.WriteLine($"{dtype.Name} takes {dtype.Size} bytes");   // float32 takes 4 bytes
/// DType parsed = DTypeFacts.Parse("int64"), held = DTypeFacts.Of&lt;double&gt;();
/// </code></example>
public static class DTypeFacts
{
    extension(DType dtype)
    {
        /// <summary>The short name used in printed graphs and messages: <c>float32</c>, <c>int64</c>, <c>bool</c>.</summary>
        public string Name => dtype switch
        {
            DType.Boolean => "bool",
            DType.Int8 => "int8",
            DType.Int16 => "int16",
            DType.Int32 => "int32",
            DType.Int64 => "int64",
            DType.UInt8 => "uint8",
            DType.UInt16 => "uint16",
            DType.UInt32 => "uint32",
            DType.UInt64 => "uint64",
            DType.Float16 => "float16",
            DType.BFloat16 => "bfloat16",
            DType.Float32 => "float32",
            DType.Float64 => "float64",
            DType.Complex128 => "complex128",
            _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "Not an element type."),
        };

        /// <summary>Bytes per element in memory.</summary>
        public int Size => dtype switch
        {
            DType.Boolean or DType.Int8 or DType.UInt8 => 1,
            DType.Int16 or DType.UInt16 or DType.Float16 or DType.BFloat16 => 2,
            DType.Int32 or DType.UInt32 or DType.Float32 => 4,
            DType.Int64 or DType.UInt64 or DType.Float64 => 8,
            DType.Complex128 => 16,
            _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "Not an element type."),
        };

        /// <summary>Whether graphs compute gradients in this type.</summary>
        public bool IsFloat => dtype is DType.Float32 or DType.Float64;

        /// <summary>Whether this is a whole-number type that graphs compute in.</summary>
        public bool IsInteger => dtype is DType.Int32 or DType.Int64;

        /// <summary>Whether a graph may have a value of this type (<see cref="DType.UInt8"/>: as an input that is cast).</summary>
        public bool IsGraphType => dtype is DType.Boolean or DType.UInt8 or DType.Int32 or DType.Int64 or DType.Float32 or DType.Float64;
    }

    /// <summary>The element type whose <c>Name</c> is <paramref name="name"/>.</summary>
    /// <exception cref="FormatException">No element type has that name.</exception>
    public static DType Parse(string name)
    {
        foreach (DType dtype in Enum.GetValues<DType>())
        {
            if (dtype.Name == name)
            {
                return dtype;
            }
        }

        throw new FormatException($"DType: expected one of {string.Join(", ", Enum.GetValues<DType>().Select(d => d.Name))}, received '{name}'.");
    }

    /// <summary>The element type that holds values of the .NET type <typeparamref name="T"/>.</summary>
    /// <exception cref="ArgumentException">No element type holds <typeparamref name="T"/>.</exception>
    public static DType Of<T>() => default(T) switch
    {
        bool => DType.Boolean,
        sbyte => DType.Int8,
        short => DType.Int16,
        int => DType.Int32,
        long => DType.Int64,
        byte => DType.UInt8,
        ushort => DType.UInt16,
        uint => DType.UInt32,
        ulong => DType.UInt64,
        Half => DType.Float16,
        BFloat16 => DType.BFloat16,
        float => DType.Float32,
        double => DType.Float64,
        System.Numerics.Complex => DType.Complex128,
        _ => throw new ArgumentException($"NDArray: no element type holds {typeof(T)}; expected one of {string.Join(", ", Enum.GetValues<DType>().Select(d => d.Name))}."),
    };
}

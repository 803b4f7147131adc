namespace Nabla;

/// <summary>The element type of a tensor or an array. A value, never a type parameter.</summary>
/// <remarks>
/// Graphs compute in <see cref="Boolean"/>, <see cref="Int32"/>, <see cref="Int64"/>, <see cref="Float32"/> and <see cref="Float64"/>,
/// and take <see cref="UInt8"/> as an input that is cast. The others are storage: arrays hold them so that files read by value;
/// <see cref="Float16"/> and <see cref="BFloat16"/> are reserved for computing later.
/// </remarks>
/// <example><code>
/// NDArray labels = y.AsType(DType.Int32);
/// bool trainable = x.DType is DType.Float32 or DType.Float64;
/// </code></example>
public enum DType : byte
{
    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>Signed, 8 bits. Storage only.</summary>
    Int8,

    /// <summary>Signed, 16 bits. Storage only.</summary>
    Int16,

    /// <summary>Signed, 32 bits.</summary>
    Int32,

    /// <summary>Signed, 64 bits.</summary>
    Int64,

    /// <summary>Unsigned, 8 bits: pixels. May enter a graph and be cast there.</summary>
    UInt8,

    /// <summary>Unsigned, 16 bits. Storage only.</summary>
    UInt16,

    /// <summary>Unsigned, 32 bits. Storage only.</summary>
    UInt32,

    /// <summary>Unsigned, 64 bits. Storage only.</summary>
    UInt64,

    /// <summary>IEEE half precision. Storage only; the name is reserved for computing.</summary>
    Float16,

    /// <summary>The upper half of a float32. Storage only; the name is reserved for computing.</summary>
    BFloat16,

    /// <summary>IEEE single precision: the default of models.</summary>
    Float32,

    /// <summary>IEEE double precision.</summary>
    Float64,

    /// <summary>A pair of doubles. Storage only.</summary>
    Complex128,
}

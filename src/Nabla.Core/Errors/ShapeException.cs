namespace Nabla;

/// <summary>Dims, axes or element types that do not fit: the message says who, what was expected, what came and what to try.</summary>
/// <example><code>
/// try
/// {
///     _ = NDArray.Zeros(DType.Float32, [2, 3]).MatMul(NDArray.Zeros(DType.Float32, [2, 3]));
/// }
/// catch (ShapeException e)
/// {
///     Console.WriteLine(e.Message);   // who, what was expected, what came, what to try
/// }
/// </code></example>
public sealed class ShapeException : ArgumentException
{
    /// <summary>An error without a message.</summary>
    public ShapeException()
    {
    }

    /// <summary>An error with its message.</summary>
    public ShapeException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its message and cause.</summary>
    public ShapeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

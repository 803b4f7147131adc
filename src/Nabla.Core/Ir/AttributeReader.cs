namespace Nabla;

/// <summary>The attributes of one printed op, read by name; made by <see cref="GraphParser"/>.</summary>
/// <example><code>
/// // Each op says how it is read back from a printed graph:
/// Func&lt;AttributeReader, Nabla.Ops.Op&gt; read = r =&gt; new Nabla.Ops.CumSum(r.Int("axis"), r.Bool("reverse"), r.Bool("exclusive"));
/// </code></example>
public abstract class AttributeReader
{
    private protected AttributeReader()
    {
    }

    /// <summary>A whole number.</summary>
    public abstract int Int(string name);

    /// <summary>true or false.</summary>
    public abstract bool Bool(string name);

    /// <summary>Quoted text.</summary>
    public abstract string Text(string name);

    /// <summary>A list of whole numbers.</summary>
    public abstract Axes Axes(string name);

    /// <summary>Dims with their names.</summary>
    public abstract Dims Dims(string name);

    /// <summary>An exact number.</summary>
    public abstract Rational Rational(string name);

    /// <summary>An element type.</summary>
    public abstract DType DType(string name);

    /// <summary>A tensor type.</summary>
    public abstract TensorType Tensor(string name);

    /// <summary>A constant array.</summary>
    public abstract NDArray Array(string name);

    /// <summary>A graph.</summary>
    public abstract Graph Graph(string name);
}

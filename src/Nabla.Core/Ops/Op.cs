using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>
/// One operation, with its attributes as positional members. An op answers five questions or does not compile: type rule,
/// VJP (its derivative rule), formula, evaluation over any number type, and lowering.
/// </summary>
/// <example><code>
/// Nabla.Ops.Op op = input.Sum(axis: 1).Node.Op;
/// Console.WriteLine($"{op}: {op.Info.Summary}");   // sum {axes=[1]}: The sum over axes.
/// </code></example>
public abstract record Op
{
    private protected Op()
    {
    }

    /// <summary>The op's row in the table: name, one-line meaning, and how text is read back.</summary>
    public abstract OpInfo Info { get; }

    /// <summary>The name in printed graphs.</summary>
    public string Name => Info.Name;

    /// <summary>The attributes in printing order.</summary>
    public virtual ImmutableArray<OpAttribute> Attributes => [];

    /// <summary>The type of the result.</summary>
    /// <exception cref="ShapeException">The op does not take these operands.</exception>
    public abstract IrType Infer(OperandTypes operands);

    /// <summary>
    /// The vector-Jacobian product: for each input its cotangent as nodes of the same graph, or null where the input has no derivative.
    /// A rule only returns; the pass adds up, checks and scopes.
    /// </summary>
    public abstract ImmutableArray<Tensor?> Vjp(VjpContext context);

    /// <summary>What a teacher calls the rule of <see cref="Vjp"/> for the inputs that are wanted: <c>product rule</c>.</summary>
    public virtual string DerivativeRule(VjpContext context) => $"{Name} rule";

    /// <summary>The op as mathematics over the formulas of its inputs.</summary>
    public abstract Formula Render(RenderContext context);

    /// <summary>The op's values over the number type <typeparamref name="T"/>: the oracle of every other reading.</summary>
    internal abstract Value<T> Evaluate<T>(EvaluationContext<T> context);

    /// <summary>How the compiled plan computes the op.</summary>
    internal abstract Lowering Lower { get; }

    /// <summary>The same op where every dim called <paramref name="dimName"/> in its attributes has another size.</summary>
    internal virtual Op Resized(string dimName, int size) => this;

    /// <summary>The op's name with its attributes.</summary>
    public sealed override string ToString() => GraphPrinter.OpText(this);
}

/// <summary>An attribute of an op by name.</summary>
/// <param name="Name">The name in printed graphs.</param>
/// <param name="Value">An int, bool, string, <see cref="Axes"/>, <see cref="Dims"/>, <see cref="Rational"/>, <see cref="DType"/>, <see cref="TensorType"/>, <see cref="NDArray"/> or <see cref="Graph"/>.</param>
/// <example><code>
/// foreach (Nabla.Ops.OpAttribute attribute in input.Sum(axis: 1).Node.Op.Attributes)
/// {
///     Console.WriteLine($"{attribute.Name} is {attribute.Value}");   // axes is [1]
/// }
/// </code></example>
public readonly record struct OpAttribute(string Name, object Value);

/// <summary>An op's row in the table of ops.</summary>
/// <param name="Name">The name in printed graphs.</param>
/// <param name="Summary">One line for the page of ops.</param>
/// <param name="Read">Makes the op from its printed attributes.</param>
/// <example><code>
/// Nabla.Ops.OpInfo row = input.Exp().Node.Op.Info;
/// Console.WriteLine($"{row.Name}: {row.Summary}");   // exp: e to the power x.
/// </code></example>
public sealed record OpInfo(string Name, string Summary, Func<AttributeReader, Op> Read);

using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>A value that is given when the graph runs.</summary>
/// <param name="Label">The name of the value.</param>
/// <param name="Type">Its type.</param>
/// <example><code>
/// Graph graph = Differentiable.Of((Tensor w) =&gt; w.Square()).Trace(TensorType.Scalar(DType.Float64));
/// string label = ((Nabla.Ops.Leaf)graph.Inputs[0].Op).Label;   // w
/// </code></example>
public abstract record Leaf(string Label, TensorType Type) : Op
{
    /// <inheritdoc/>
    public sealed override ImmutableArray<OpAttribute> Attributes => [new("name", Label), new("type", Type)];

    /// <inheritdoc/>
    public sealed override IrType Infer(OperandTypes operands)
    {
        operands.Expect(0);
        return Type.DType.IsGraphType ? Type : throw operands.Error($"expected an element type that graphs compute in (bool, int32, int64, float32, float64) or take (uint8), received {Type.DType.Name}. Convert the values first");
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<Tensor?> Vjp(VjpContext context) => [];

    /// <inheritdoc/>
    public sealed override string DerivativeRule(VjpContext context) => "identity rule";

    /// <inheritdoc/>
    public sealed override Formula Render(RenderContext context) => new Formula.Symbol(Label);

    internal sealed override Value<T> Evaluate<T>(EvaluationContext<T> context) =>
        throw new InvalidOperationException($"{Name} '{Label}': a given value is bound, not evaluated.");

    internal sealed override Lowering Lower => Lowering.Bound;
}

/// <summary>Data: the value changes from run to run and training does not change it.</summary>
/// <param name="Label">The name of the value.</param>
/// <param name="Type">Its type.</param>
/// <example><code>
/// Tensor features = new GraphBuilder().Input("features", new TensorType(DType.Float32, [32, 784]));
/// </code></example>
public sealed record Input(string Label, TensorType Type) : Leaf(Label, Type)
{
    internal static OpInfo Row { get; } = new("input", "A value given when the graph runs.", r => new Input(r.Text("name"), r.Tensor("type")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    internal override Op Resized(string dimName, int size) => this with { Type = Type with { Dims = Type.Dims.Resized(dimName, size) } };
}

/// <summary>State: a value given when the graph runs that training changes.</summary>
/// <param name="Label">The name of the value.</param>
/// <param name="Type">Its type.</param>
/// <example><code>
/// Tensor kernel = new GraphBuilder().Parameter("kernel", new TensorType(DType.Float32, [784, 25]));
/// </code></example>
public sealed record Parameter(string Label, TensorType Type) : Leaf(Label, Type)
{
    internal static OpInfo Row { get; } = new("parameter", "A value given when the graph runs, which training changes.", r => new Parameter(r.Text("name"), r.Tensor("type")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;
}

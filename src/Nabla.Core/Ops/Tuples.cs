// Several values in one, and graphs inside graphs: few ops need them today; printers, parsers, verifiers and walks know them from the first day.
using System.Collections.Immutable;

namespace Nabla.Ops;

/// <summary>Packs its inputs into one value.</summary>
/// <example><code>
/// Node pair = input.Builder.Add(new Nabla.Ops.MakeTuple(), input.Node, input.Exp().Node);   // of type (float32[2,3], float32[2,3])
/// </code></example>
public sealed record MakeTuple : Op
{
    internal static OpInfo Row { get; } = new("tuple", "Packs its inputs into one value.", _ => new MakeTuple());

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands) => new TupleType(operands.All);

    /// <inheritdoc/>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) => context.Cotangents;

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => new Formula.Call("tuple", context.Inputs);

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context) => Value<T>.Tuple(context.Inputs);

    internal override Lowering Lower => Lowering.Bound;
}

/// <summary>One part of a tuple.</summary>
/// <param name="Index">Which part, from 0.</param>
/// <example><code>
/// Node pair = input.Builder.Add(new Nabla.Ops.MakeTuple(), input.Node, input.Exp().Node);
/// Tensor second = new(input.Builder.Project(pair, 1));   // the exponentials
/// </code></example>
public sealed record Project(int Index) : Op
{
    internal static OpInfo Row { get; } = new("project", "One part of a tuple.", r => new Project(r.Int("index")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("index", Index)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(1);
        return operands.All[0] is TupleType tuple && Index >= 0 && Index < tuple.Items.Length
            ? tuple.Items[Index]
            : throw operands.Error($"expected a tuple with a part {Index}");
    }

    /// <summary>Never asked: the pass hands a part's cotangent to its tuple itself.</summary>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context) =>
        throw new InvalidOperationException("project: the pass hands a part's cotangent to its tuple itself.");

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => new Formula.Call("part", [context.Inputs[0], new Formula.Number(Index)]);

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context) => context.Inputs[0].Items[Index];

    internal override Lowering Lower => Lowering.Bound;
}

/// <summary>Runs a graph on its inputs: a tensor where the graph has one output, a tuple where it has several.</summary>
/// <param name="Body">The graph.</param>
/// <example><code>
/// Graph square = Differentiable.Of((Tensor t) =&gt; t * t).Trace(input.Type);
/// Tensor squared = new(input.Builder.Add(new Nabla.Ops.Call(square), input.Node));
/// </code></example>
public sealed record Call(Graph Body) : Op
{
    internal static OpInfo Row { get; } = new("call", "Runs a graph on its inputs.", r => new Call(r.Graph("body")));

    /// <inheritdoc/>
    public override OpInfo Info => Row;

    /// <inheritdoc/>
    public override ImmutableArray<OpAttribute> Attributes => [new("body", Body)];

    /// <inheritdoc/>
    public override IrType Infer(OperandTypes operands)
    {
        operands.Expect(Body.Inputs.Length);
        for (int i = 0; i < operands.Count; i++)
        {
            if (!Body.Inputs[i].TensorType.Matches(operands[i]))
            {
                throw operands.Error($"expected {Body.Inputs[i].Type} as operand {i + 1} of graph '{Body.Name}', received {operands[i]}");
            }
        }

        return Body.Outputs.Length == 1 ? Body.Outputs[0].Node.Type : new TupleType([.. Body.Outputs.Select(o => o.Node.Type)]);
    }

    /// <summary>The body's own reverse pass, written into the calling graph.</summary>
    /// <remarks>
    /// The pass runs on a copy of the body over inputs of its own: in the calling graph one value may be given twice, or one depend on
    /// another, and what arrives through the one would then be counted for the other too.
    /// </remarks>
    public override ImmutableArray<Tensor?> Vjp(VjpContext context)
    {
        GraphBuilder builder = new();
        Node[] inputs = [.. Body.Inputs.Select(n => builder.Add(new Input(((Leaf)n.Op).Label, n.TensorType)))];
        Dictionary<Node, Node> copies = GraphCopy.Into(builder, Body, inputs);
        ImmutableArray<Tensor?> cotangents = [.. context.Cotangents.Select((c, i) => c is null ? null : builder.Input($"cotangent {i}", c.Type))];
        ImmutableArray<Tensor?> found = Differentiate.Pullback([.. Body.Outputs.Select(o => copies[o.Node])], cotangents, inputs);
        if (found.All(f => f is null))
        {
            return found;
        }

        Graph backward = new(
            $"backward of {Body.Name}",
            inputs.Concat(cotangents.OfType<Tensor>().Select(c => c.Node)),
            found.Select((f, i) => (f, i)).Where(p => p.f is not null).Select(p => new GraphOutput($"{p.i}", p.f!.Node)));
        Dictionary<Node, Node> written = GraphCopy.Into(
            context.Builder, backward, [.. context.Node.Inputs, .. context.Cotangents.OfType<Tensor>().Select(c => c.Node)]);
        return [.. found.Select(f => f is null ? null : new Tensor(written[f.Node]))];
    }

    /// <inheritdoc/>
    public override Formula Render(RenderContext context) => new Formula.Call(Body.Name, context.Inputs);

    internal override Value<T> Evaluate<T>(EvaluationContext<T> context)
    {
        var outputs = new Interpreter<T>(context.Math).Run(Body, context.Inputs);
        return outputs.Length == 1 ? outputs[0] : Value<T>.Tuple(outputs);
    }

    // A pass inlines calls before lowering.
    internal override Lowering Lower => Lowering.Bound;

    internal override Op Resized(string dimName, int size) => this with { Body = Resize.Run(Body, dimName, size) };
}

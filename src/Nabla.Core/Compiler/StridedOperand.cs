using System.Collections.Immutable;

namespace Nabla;

/// <summary>
/// An operand of a matrix product as strides over some node's memory: a transposed, repeated or sliced operand is read where it lies,
/// without a copy.
/// </summary>
/// <param name="Base">The node whose memory is read.</param>
/// <param name="Offset">The place of the first element.</param>
/// <param name="Strides">For each axis of the operand the elements to step over; 0 along a repeated axis.</param>
internal sealed record StridedOperand(Node Base, long Offset, ImmutableArray<long> Strides)
{
    /// <summary>Follows movements to the memory behind them.</summary>
    public static StridedOperand Of(Node operand)
    {
        Dims dims = operand.TensorType.Dims;
        IndexVector index = FusedGroup.Identity(dims);
        Node source = operand;
        while (Next(source, index) is var (input, moved) && input is not null && IsAffine(input, moved))
        {
            (source, index) = (input, moved);
        }

        Affine place = Affine.Place(index.Items, source.TensorType.Dims.Strides());
        IndexVector own = FusedGroup.Identity(dims);
        return new StridedOperand(source, place.Constant, [.. own.Items.Select(i => i is LoopExpr.Variable axis ? place.Coefficient(axis) : 0)]);
    }

    private static (Node? Input, IndexVector Index) Next(Node node, IndexVector index)
    {
        switch (node.Op.Lower)
        {
            case Lowering.Element element when Probe.Of(node, element, index) is { Moves: true, Accesses: [{ NeedsBuffer: false } access] }:
                return (node.Inputs[access.Input], access.Index);
            case Lowering.View when FusedGroup.Squeeze(node.TensorType.Dims).SequenceEqual(FusedGroup.Squeeze(node.Inputs[0].TensorType.Dims)):
                return (node.Inputs[0], FuseRules.TrivialView(node, index));
            default:
                return (null, index);
        }
    }

    private static bool IsAffine(Node node, IndexVector index) =>
        Affine.Place(index.Items, node.TensorType.Dims.Strides()).Terms.All(t => t.Atom is LoopExpr.Variable);
}

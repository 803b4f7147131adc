using System.Collections.Immutable;

namespace Nabla.Core.Tests.OpProperties;

/// <summary>An operand of a sample.</summary>
/// <param name="Dims">Its dims.</param>
/// <param name="Domain">Where its values come from.</param>
/// <param name="Fixed">Its element type where that is not the one under test: indices, conditions.</param>
internal sealed record Operand(Dims Dims, Domain Domain, DType? Fixed = null);

/// <summary>One use of an op: attributes, operand dims and values.</summary>
/// <param name="Label">Names the use within its row.</param>
/// <param name="Op">The op, for an element type under test.</param>
/// <param name="Operands">The operands.</param>
internal sealed record OpSample(string Label, Func<DType, Op> Op, params ImmutableArray<Operand> Operands)
{
    /// <summary>How the op meets its operands, where that is more than applying it: broadcasting, taking a part of a tuple.</summary>
    public Func<Op, GraphBuilder, Tensor[], Tensor>? Build { get; init; }
}

/// <summary>Operands that an op must refuse, or attributes that fit no operand.</summary>
internal sealed record BadUse(string Label, Op Op, params ImmutableArray<TensorType> Operands);

/// <summary>What the tests know about one op: the one place to state it.</summary>
/// <param name="Type">The op's record.</param>
/// <param name="Samples">Uses to try every property on.</param>
internal sealed record OpRow(Type Type, ImmutableArray<OpSample> Samples)
{
    /// <summary>Whether the values are those of an analytic function, so that the complex step applies.</summary>
    public bool Analytic { get; init; }

    /// <summary>Whether the rule states a derivative: false for stop_gradient, whose values do change with its input.</summary>
    public bool HasDerivative { get; init; } = true;

    /// <summary>
    /// Values at kinks and ties for each operand under test; there dual numbers, which follow the table of sub-gradients, say what the rule has to give.
    /// </summary>
    public ImmutableArray<Domain> Kinks { get; init; } = [];

    /// <summary>Element types beside float32 and float64 in which the plan must equal the interpreter exactly.</summary>
    public ImmutableArray<DType> ExactTypes { get; init; } = [];

    /// <summary>Operands that must be refused with an explanation.</summary>
    public required ImmutableArray<BadUse> Bad { get; init; }

    /// <summary>The op's name in printed graphs.</summary>
    public string Name => Samples[0].Op(DType.Float64).Name;
}

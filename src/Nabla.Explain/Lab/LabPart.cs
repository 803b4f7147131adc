using System.Collections.Immutable;

namespace Nabla.Explain;

/// <summary>A piece of what a cell answers; <see cref="LabText"/> writes it for a terminal, <see cref="LabPage"/> for a page.</summary>
internal abstract record LabPart
{
    private LabPart()
    {
    }

    /// <summary>A sentence.</summary>
    public sealed record Line(string Text) : LabPart;

    /// <summary>Formulas and numbers that are equal: <c>J = w^2 = 9</c>.</summary>
    public sealed record Equation(params ImmutableArray<LabTerm> Sides) : LabPart;

    /// <summary>A table; columns of numbers stand to the right.</summary>
    public sealed record Table(ImmutableArray<string> Head, ImmutableArray<ImmutableArray<LabTerm>> Rows) : LabPart;

    /// <summary>Curves in a frame.</summary>
    public sealed record Plot(LabPlot Data) : LabPart;

    /// <summary>A computation graph.</summary>
    public sealed record Drawing(LabGraph Graph) : LabPart;

    /// <summary>Every number of a computation.</summary>
    public sealed record Explanation(Trace Trace) : LabPart;

    /// <summary>Text that is shown as it stands.</summary>
    public sealed record Verbatim(string Text) : LabPart;
}

using System.Collections.Immutable;

namespace Nabla.Explain;

/// <summary>One cell: what was typed and what came of it.</summary>
/// <param name="Number">Its number in the session, from 1.</param>
/// <param name="Input">What was typed.</param>
/// <param name="Parts">The answer.</param>
/// <param name="Error">Why there is none; null where it went well.</param>
/// <param name="IsAside">Whether it is about the session rather than the mathematics (help, history, save): it is not kept.</param>
internal sealed record LabCell(int Number, string Input, ImmutableArray<LabPart> Parts, string? Error = null, bool IsAside = false)
{
    /// <summary>Whether the cell is a remark.</summary>
    public bool IsRemark => Input.StartsWith('#');
}

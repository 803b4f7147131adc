namespace Nabla;

/// <summary>A read of a node inside a group.</summary>
/// <param name="Group">The group.</param>
/// <param name="Index">At which index, in terms of the group's axes.</param>
/// <param name="Consumer">The evaluation that reads.</param>
internal readonly record struct UseSite(FusedGroup Group, IndexVector Index, Evaluation Consumer);

/// <summary>Who reads a node, as far as the walk backwards has come: at which index of which group, and whether some reader needs it as memory.</summary>
internal sealed class NodeUses
{
    public List<UseSite> Sites { get; } = [];

    public bool NeedsBuffer { get; set; }

    /// <summary>The latest made group that reads the buffer; -1 for none.</summary>
    public int LatestBuffer { get; set; } = -1;

    /// <summary>The latest made group that reads at an index; null for none.</summary>
    public FusedGroup? LatestGroup => Sites.Count == 0 ? null : Sites.MaxBy(s => s.Group.Id).Group;

    /// <summary>Notes that a group reads the node as memory.</summary>
    public void AddBuffer(int group)
    {
        NeedsBuffer = true;
        LatestBuffer = Math.Max(LatestBuffer, group);
    }
}

namespace Nabla;

/// <summary>What became of a cell when it was made into numbers for a model.</summary>
internal enum CellOutcome
{
    /// <summary>The value was taken.</summary>
    Taken,

    /// <summary>The value is missing: the training mean stands for a number, no category for a text.</summary>
    Missing,

    /// <summary>The value is not one that the column can have.</summary>
    Unknown,
}

namespace Nabla.Data;

/// <summary>What the cells of a column are, as their text tells.</summary>
/// <example><code>
/// bool isNumber = new TableColumn("height", [1.82, 1.65]).Kind == ColumnKind.Number;
/// </code></example>
public enum ColumnKind
{
    /// <summary>Every value is a number.</summary>
    Number,

    /// <summary>Some value is no number: words, categories.</summary>
    Text,

    /// <summary>Every value is a date or a time of day. Kept as text.</summary>
    Date,

    /// <summary>Every value is missing.</summary>
    Empty,
}

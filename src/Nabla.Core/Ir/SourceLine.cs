namespace Nabla;

/// <summary>A line of somebody's code: where a value was asked for.</summary>
/// <param name="File">The file's path as the compiler knew it.</param>
/// <param name="Line">Counted from 1.</param>
/// <example><code>
/// SourceLine? source = input.Exp().Node.Source;   // null: lines are only kept by recordings that explain
/// Console.WriteLine(source?.ToString() ?? "unknown");
/// </code></example>
public sealed record SourceLine(string File, int Line)
{
    /// <summary>The file's name without its folders: <c>loss.cs:12</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{File[(File.AsSpan().LastIndexOfAny('/', '\\') + 1)..]}:{Line}");
}

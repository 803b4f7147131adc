using System.Text;

namespace Nabla.Cli;

/// <summary>Makes everything that is written ASCII, by <see cref="PlainText"/>.</summary>
/// <param name="inner">Where the ASCII goes.</param>
internal sealed class PlainWriter(TextWriter inner) : TextWriter(inner.FormatProvider)
{
    public override Encoding Encoding => inner.Encoding;

    [System.Diagnostics.CodeAnalysis.AllowNull]
    public override string NewLine
    {
        get => inner.NewLine;
        set => inner.NewLine = value;
    }

    public override void Write(char value) => inner.Write(PlainText.Of(value.ToString()));

    public override void Write(char[] buffer, int index, int count) => inner.Write(PlainText.Of(new string(buffer, index, count)));

    public override void Write(ReadOnlySpan<char> buffer) => inner.Write(PlainText.Of(buffer.ToString()));

    public override void Write(string? value) => inner.Write(PlainText.Of(value ?? ""));

    public override void WriteLine(string? value)
    {
        Write(value);
        inner.WriteLine();
    }

    public override void Flush() => inner.Flush();
}

namespace Nabla.Data;

/// <summary>Texts held once each: a row keeps a number. A million rows of three species take three strings.</summary>
internal sealed class TextCodes
{
    private readonly List<int> _codes = [];
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

    /// <summary>Adds a row's text; null where it is missing.</summary>
    public void Add(string? text)
    {
        if (text is null)
        {
            _codes.Add(-1);
            return;
        }

        if (!_known.TryGetValue(text, out int code))
        {
            _known.Add(text, code = _known.Count);
        }

        _codes.Add(code);
    }

    /// <summary>The rows' numbers, -1 for none, and the texts that they stand for.</summary>
    public (int[] Codes, string[] Texts) Finish() => ([.. _codes], [.. _known.Keys]);
}

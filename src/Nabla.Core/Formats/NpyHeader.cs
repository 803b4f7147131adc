using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>The three facts of a .npy header: element type, order and sizes, read by a parser that knows nothing else of Python.</summary>
/// <param name="Descriptor">NumPy's name of the element type: byte order, kind, bytes.</param>
/// <param name="FortranOrder">Whether the first axis varies fastest.</param>
/// <param name="Sizes">The sizes as the file states them: any non-negative whole numbers.</param>
internal sealed record NpyHeader(string Descriptor, bool FortranOrder, long[] Sizes)
{
    /// <summary>Reads the dictionary <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>.</summary>
    /// <exception cref="FormatException">Anything else; the message says what stands where.</exception>
    internal static NpyHeader Parse(ReadOnlySpan<byte> header) => new Parser(Encoding.Latin1.GetString(header)).Dictionary();

    // Positions in messages are bytes of the header text, which Latin-1 keeps one to one.
    private sealed class Parser(string text)
    {
        private int _at;

        internal NpyHeader Dictionary()
        {
            string? descriptor = null;
            bool? fortran = null;
            long[]? sizes = null;
            Expect('{');
            while (!Accept('}'))
            {
                string key = Text("a key");
                Expect(':');
                switch (key)
                {
                    case "descr" when descriptor is null:
                        descriptor = Descriptor();
                        break;
                    case "fortran_order" when fortran is null:
                        fortran = Boolean();
                        break;
                    case "shape" when sizes is null:
                        sizes = Tuple();
                        break;
                    default:
                        throw Wrong($"expected each of the keys descr, fortran_order and shape once, received '{key}'");
                }

                if (!Accept(','))
                {
                    Expect('}');
                    break;
                }
            }

            SkipSpaces();
            if (_at < text.Length)
            {
                throw Wrong("expected nothing after the dictionary");
            }

            return descriptor is not null && fortran is not null && sizes is not null
                ? new NpyHeader(descriptor, fortran.Value, sizes)
                : throw Wrong($"expected the keys descr, fortran_order and shape, missed {(descriptor is null ? "descr" : fortran is null ? "fortran_order" : "shape")}");
        }

        private string Descriptor()
        {
            SkipSpaces();
            return _at < text.Length && text[_at] is '[' or '('
                ? throw Wrong("expected one element type, received records of several. Save each field as an array of its own")
                : Text("an element type");
        }

        private string Text(string what)
        {
            SkipSpaces();
            char quote = _at < text.Length ? text[_at] : '\0';
            int end = quote is '\'' or '"' ? text.IndexOf(quote, _at + 1) : -1;
            if (end < 0)
            {
                throw Wrong($"expected {what} in quotes");
            }

            string inner = text[(_at + 1)..end];
            if (inner.AsSpan().ContainsAnyExceptInRange(' ', '~') || inner.Contains('\\', StringComparison.Ordinal))
            {
                throw Wrong($"expected {what} of plain characters");
            }

            _at = end + 1;
            return inner;
        }

        private bool Boolean()
        {
            SkipSpaces();
            foreach ((string word, bool value) in new[] { ("True", true), ("False", false) })
            {
                if (string.CompareOrdinal(text, _at, word, 0, word.Length) == 0)
                {
                    _at += word.Length;
                    return value;
                }
            }

            throw Wrong("expected True or False");
        }

        private long[] Tuple()
        {
            List<long> sizes = [];
            Expect('(');
            while (!Accept(')'))
            {
                sizes.Add(Size());
                if (!Accept(','))
                {
                    Expect(')');

                    // Python reads (3) as a number, not as a tuple.
                    return sizes.Count > 1 ? [.. sizes] : throw Wrong("expected a tuple of sizes, as (3,)");
                }
            }

            return [.. sizes];
        }

        private long Size()
        {
            SkipSpaces();
            int start = _at;
            while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '-' or '+' or '.' or '_'))
            {
                _at++;
            }

            // Python 2 wrote long integers with an L.
            string word = text[start.._at];
            return long.TryParse(word.EndsWith('L') ? word[..^1] : word, NumberStyles.None, CultureInfo.InvariantCulture, out long size)
                ? size
                : throw Wrong($"expected sizes that are whole numbers of 0 or more, received '{word}'");
        }

        private void Expect(char wanted)
        {
            if (!Accept(wanted))
            {
                throw Wrong($"expected '{wanted}'");
            }
        }

        private bool Accept(char wanted)
        {
            SkipSpaces();
            if (_at >= text.Length || text[_at] != wanted)
            {
                return false;
            }

            _at++;
            return true;
        }

        private void SkipSpaces()
        {
            while (_at < text.Length && text[_at] is ' ' or '\n' or '\r' or '\t')
            {
                _at++;
            }
        }

        private FormatException Wrong(string what) => new($"{what}, at character {_at} of the header");
    }
}

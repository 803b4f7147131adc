using System.Collections;
using System.Text;

namespace Nabla.Explain;

/// <summary>A piece of a page: text, an element, or what is written as it stands.</summary>
internal abstract class Markup
{
    public static implicit operator Markup(string text) => new Words(text);

    public abstract void Write(StringBuilder page);

    public override string ToString()
    {
        StringBuilder page = new();
        Write(page);
        return page.ToString();
    }

    /// <summary>Text for content or an attribute. What XML knows no character for becomes U+FFFD, so that every page is well-formed whatever users named.</summary>
    public static void Escape(StringBuilder page, string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '&':
                    page.Append("&amp;");
                    break;
                case '<':
                    page.Append("&lt;");
                    break;
                case '>':
                    page.Append("&gt;");
                    break;
                case '"':
                    page.Append("&quot;");
                    break;
                case '\t' or '\n':
                    page.Append(c);
                    break;
                case >= '\ud800' and <= '\udfff' when char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]):
                    page.Append(c).Append(text[++i]);
                    break;
                case < ' ' or (>= '\u007f' and <= '\u009f') or (>= '\ud800' and <= '\udfff') or '\ufffe' or '\uffff':
                    page.Append('\ufffd');
                    break;
                default:
                    page.Append(c);
                    break;
            }
        }
    }

    private sealed class Words(string text) : Markup
    {
        public override void Write(StringBuilder page) => Escape(page, text);
    }
}

/// <summary>What printers of the house wrote: MathML, scripts; written as it stands.</summary>
internal sealed class Verbatim(string text) : Markup
{
    public override void Write(StringBuilder page) => page.Append(text);
}

/// <summary>
/// An element of HTML, SVG or MathML. Written so that a browser reads it as HTML and any XML reader as XML: elements without content close
/// themselves only where HTML has them so.
/// </summary>
/// <param name="name">The element's name.</param>
/// <param name="attributes">Names and values; a null value leaves the attribute out.</param>
internal sealed class Element(string name, params (string Name, string? Value)[] attributes) : Markup, IEnumerable<Markup>
{
    private static readonly HashSet<string> Empty = ["meta", "br", "hr", "input", "col", "link", "img", "wbr"];

    private readonly List<Markup> _content = [];

    public void Add(Markup? part)
    {
        if (part is not null)
        {
            _content.Add(part);
        }
    }

    public void Add(Element? part) => Add((Markup?)part);

    public void Add(string? text) => Add(text is null ? null : (Markup)text);

    public void Add(IEnumerable<Markup> parts) => _content.AddRange(parts);

    public IEnumerator<Markup> GetEnumerator() => _content.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override void Write(StringBuilder page)
    {
        page.Append('<').Append(name);
        foreach ((string attribute, string? value) in attributes)
        {
            if (value is not null)
            {
                page.Append(' ').Append(attribute).Append("=\"");
                Escape(page, value);
                page.Append('"');
            }
        }

        if (Empty.Contains(name))
        {
            page.Append(" />");
            return;
        }

        page.Append('>');
        foreach (Markup part in _content)
        {
            part.Write(page);
        }

        page.Append("</").Append(name).Append('>');
    }
}

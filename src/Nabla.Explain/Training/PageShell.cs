using System.Text;

namespace Nabla.Explain;

/// <summary>What every page about a training has around it: nothing fetched, its style and scripts inside, readable without them.</summary>
internal static class PageShell
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    /// <summary>A page.</summary>
    /// <param name="title">What it is called.</param>
    /// <param name="lead">One line below.</param>
    /// <param name="main">Its content.</param>
    /// <param name="data">JSON for the scripts, in an element of the id <c>data</c>; null for none.</param>
    /// <param name="scripts">The names of the scripts, in order.</param>
    public static string Write(string title, string lead, IEnumerable<Markup> main, string? data = null, params ReadOnlySpan<string> scripts)
    {
        Element body = new("body")
        {
            new Element("header") { new Element("h1") { title }, new Element("p", ("class", "lead")) { lead } },
            new Element("main") { main },
            new Element("footer") { new Element("p") { "Made by Nabla on this computer. Nothing on this page comes from a network, and nothing leaves it." } },
        };
        if (data is not null)
        {
            body.Add(new Element("script", ("type", "application/json"), ("id", "data")) { new Verbatim(Safe(data)) });
        }

        if (scripts.Length > 0)
        {
            StringBuilder script = new("//<![CDATA[\n\"use strict\";\n");
            foreach (string name in scripts)
            {
                script.Append(PageFile.Resource($"{name}.js")).Append('\n');
            }

            body.Add(new Element("script") { new Verbatim(script.Append("//]]>\n").ToString()) });
        }

        Element html = new("html", ("lang", "en"))
        {
            new Element("head")
            {
                new Element("meta", ("charset", "utf-8")),
                new Element("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy)),
                new Element("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")),
                new Element("meta", ("name", "color-scheme"), ("content", "light dark")),
                new Element("title") { title },
                PageFile.Style("graph.css", "page.css", "charts.css", "training.css"),
            },
            body,
        };
        StringBuilder page = new("<!DOCTYPE html>\n");
        html.Write(page);
        return page.Append('\n').ToString();
    }

    /// <summary>Writes a page to its file, whole or not at all.</summary>
    public static void Save(string path, string page)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(page);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    // Inside a script element only these can end it, or begin a comment.
    private static string Safe(string json) =>
        json.Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal).Replace("&", "\\u0026", StringComparison.Ordinal);
}

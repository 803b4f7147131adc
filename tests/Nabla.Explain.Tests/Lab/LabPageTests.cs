using System.Xml;
using System.Xml.Linq;
using Microsoft.Playwright;
using Nabla.Explain.Tests.Browsers;

namespace Nabla.Explain.Tests.Lab;

/// <summary>The page of a session: well-formed, quiet in a browser, formulas set, plots and graphs drawn.</summary>
public sealed class LabPageTests(BrowserFixture browser)
{
    private static readonly string[] Session =
    [
        "# The lecture's session: J is w squared, and 1/w", "J = w**2", "diff J w", "w = 3", "nudge w 0.002", "tangent", "plot 1/w w -4 4", "diff 1/w w", "subs w=2",
        "c=w*x; a=c+b; d=a-y; J=d^2/2", "w = 2; x=-2; b=8; y=2", "graph", "explain", "steps J w", "latex diff(1/w, w)", "dif J", "vars",
    ];

    [Fact]
    public void The_page_is_well_formed_and_holds_every_cell()
    {
        XDocument page = Parse(Page(Session));
        XElement[] cells = [.. page.Descendants("section").Where(s => (string?)s.Attribute("class") == "cell")];
        Assert.Equal(Session.Where(s => !s.StartsWith('#') && s != "vars"), cells.Select(c => c.Elements().Single(e => (string?)e.Attribute("class") == "in").Value));
        Assert.Equal(2, page.Descendants("svg").Count(s => (string?)s.Attribute("class") == "lab-plot"));
        Assert.Single(page.Descendants("svg"), s => (string?)s.Attribute("class") == "graph");
        Assert.Empty(page.Descendants("script"));
        Assert.Contains("Did you mean 'diff'?", page.Descendants("p").Single(p => (string?)p.Attribute("class") == "wrong").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_users_type_is_text_and_nothing_else()
    {
        string page = Page("# <script>alert(1)</script> & \"q\"", "<img src=x onerror=alert(1)>", "α_1 = 2");
        XDocument parsed = Parse(page);
        Assert.Empty(parsed.Descendants("script"));
        Assert.Empty(parsed.Descendants("img"));
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_is_small() => Assert.InRange(Page(Session).Length, 5_000, 150_000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task The_page_is_quiet_in_a_browser_and_a_fraction_stands_upright(bool dark) => browser.VisitHtmlAsync(
        Page(Session),
        async page =>
        {
            LocatorBoundingBoxResult above = await page.BoxAsync("#cell-8 mfrac > :nth-child(1)"), below = await page.BoxAsync("#cell-8 mfrac > :nth-child(2)");
            Assert.True(above.Y + above.Height <= below.Y, $"numerator ends at {above.Y + above.Height}, denominator begins at {below.Y}");
            LocatorBoundingBoxResult plot = await page.BoxAsync("svg.lab-plot");
            LocatorBoundingBoxResult point = await page.BoxAsync("svg.lab-plot .point");
            Assert.InRange(point.X, plot.X, plot.X + plot.Width);
            string background = await page.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor");
            Assert.Equal(dark ? "rgb(20, 23, 28)" : "rgb(251, 250, 247)", background);
            await page.PictureAsync(dark ? "lab-dark" : "lab-light");
        },
        new() { Dark = dark, JavaScript = false });

    [Fact]
    public Task The_page_fits_a_narrow_screen_and_prints() => browser.VisitHtmlAsync(
        Page(Session),
        async page =>
        {
            int wide = await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.InRange(wide, 1, 400);
            await page.PictureAsync("lab-narrow");
            await page.PdfAsync("lab-print");
        },
        new() { Width = 400 });

    private static string Page(params string[] cells)
    {
        LabSession lab = new();
        foreach (string cell in cells)
        {
            lab.Run(cell);
        }

        return LabPage.Write(lab.Cells);
    }

    // As any XML reader reads it: elements by their local names.
    private static XDocument Parse(string page)
    {
        using XmlReader reader = XmlReader.Create(new StringReader(page), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        XDocument document = XDocument.Load(reader);
        foreach (XElement element in document.Descendants())
        {
            element.Name = element.Name.LocalName;
        }

        return document;
    }
}

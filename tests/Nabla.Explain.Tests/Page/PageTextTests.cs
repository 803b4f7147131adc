using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Nabla.Explain.Tests.Page;

/// <summary>The page as a file: what can be said of it without a browser.</summary>
public sealed partial class PageTextTests
{
    public static TheoryData<string> Names => ["<script>alert(1)</script>", "]]>", "\"quoted\" & 'single'", "名前 🦊", "\u0001\ud800", "--><!--", "</title>"];

    public static TheoryData<string, double> Written => new()
    {
        { "6.001", 6.000999999999479 }, { "−4", -4 }, { "0", 0 }, { "−0", -0.0 }, { "1e−300", 1e-300 }, { "NaN", double.NaN }, { "−∞", double.NegativeInfinity },
        { "0.00001", 0.00001 }, { "1e−6", 0.000001 }, { "123456789000000", 123456789000000 }, { "1.234567891e20", 123456789123456789012.0 }, { "0.3", 0.1 + 0.2 },
    };

    // All that can be asked for on the command line and changes the page: --matrix and --expand are of the terminal.
    public static MatrixTheoryData<string, CourseNotation, bool> LessonForms =>
        new([.. Lessons.All.Select(l => l.Name)], Enum.GetValues<CourseNotation>(), [false, true]);

    [Theory]
    [MemberData(nameof(Names))]
    public void R_hostile_names_leave_a_well_formed_page(string name)
    {
        string page = (Pages.Small with { Title = name, Convention = $"{name} = {name}" }).ToHtml();
        XDocument read = Read(page);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Equal(3, read.Descendants("script").Count());
    }

    /// <summary>The answer does not see the label: what does is the cost's, here as on the terminal.</summary>
    [Theory]
    [Trait("Lesson", "L6")]
    [InlineData("small", "c|a", "d|J", "w|b")]
    [InlineData("mazur", "z1|h1|z2|h2|z3|o1 and 2 more", "E1|E2|E_total", "w1|w2|w3|w4 and 4 more")]
    public void The_three_steps_part_the_answer_from_its_cost(string lesson, string answer, string cost, string learned)
    {
        XElement[] cards = [.. Read(Lessons.Named(lesson).Trace().ToHtml()).Descendants("ol").First(o => (string?)o.Attribute("class") == "three").Elements("li")];
        Assert.Equal([answer, cost, learned], cards.Select(card => string.Join('|', card.Element("p")!.Elements().Select(e => Compact(e.Value).Split(['=', ':'])[0]))
            .Replace("Etotal", "E_total", StringComparison.Ordinal) + card.Element("p")!.Nodes().OfType<XText>().LastOrDefault()?.Value));
    }

    // Text without spaces, also those of typesetting.
    private static string Compact(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    [Fact]
    public void Pages_are_well_formed_and_ids_are_unique()
    {
        foreach (Trace trace in new[] { Pages.Small, Pages.Larger, Pages.Square, Pages.Kink, Pages.Mazur })
        {
            XDocument page = Read(trace.ToHtml());
            string[] ids = [.. page.Descendants().Attributes("id").Select(a => a.Value)];
            Assert.Equal(ids.Distinct(), ids);
            string[] named = [.. page.Descendants().Attributes("aria-labelledby").Select(a => a.Value)];
            Assert.All(named, id => Assert.Contains(id, ids));
        }
    }

    [Theory]
    [MemberData(nameof(LessonForms))]
    public void Q_lessons_are_small_files(string lesson, CourseNotation notation, bool withAdam)
    {
        Trace trace = Lessons.Named(lesson).Trace(notation, withAdam ? new TraceOptions { Optimizer = new Adam() } : null);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(trace.ToHtml(Lessons.Named(lesson))), 10_000, 149_999);
    }

    [Theory]
    [InlineData("roundoff", "0.000200033188", "0.00019999999999997797")]
    [InlineData("collapse", "The one layer that does the same", "")]
    [InlineData("logistic", "The same loss, two ways", "")]
    public void A_lesson_s_own_tables_stand_on_its_page(string name, string first, string second)
    {
        Lesson lesson = Lessons.Named(name);
        string page = lesson.Trace().ToHtml(lesson);
        Assert.Contains(first, page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(second, page, StringComparison.Ordinal);
        Assert.Contains(lesson.Tables[0].Note.Split('.')[0], page, StringComparison.Ordinal);
    }

    [Fact]
    public void Q_five_hundred_values_stay_a_file_to_send() =>
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(Pages.Long(500).ToHtml()), 10_000, 1_500_000);

    [Fact]
    public void L_pages_name_no_address_of_any_network()
    {
        string page = Pages.Mazur.ToHtml();
        Assert.DoesNotMatch(Address(), page);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_hold_what_the_trace_holds()
    {
        XElement page = Read(Pages.Small.ToHtml()).Root!;
        XElement Table(string id) => page.Descendants("table").Single(t => (string?)t.Attribute("id") == id);
        foreach (TraceNode node in Pages.Small.Nodes)
        {
            string Number(string table, char key) => Table(table).Descendants("td").Single(c => (string?)c.Attribute("data-q") == string.Create(CultureInfo.InvariantCulture, $"{key}{node.Id}")).Value;
            Assert.Equal(Numerals.Printed(node.Values[0]), Number("forward", 'v'));
            Assert.Equal(Numerals.Printed(node.Gradient![0]), Number("backward", 'g'));
        }

        Assert.Equal("1.805", Table("update").Descendants("td").Single(c => (string?)c.Attribute("id") == "result-after").Value);
        Assert.Equal(Pages.Small.Nodes.Count - 1, Table("nudges").Element("tbody")!.Elements().Count());
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void S_numbers_are_written_to_ten_digits(string expected, double value) => Assert.Equal(expected, Numerals.Printed(value));

    [Fact]
    public void A_saved_page_is_the_text()
    {
        string file = Path.GetTempFileName();
        Pages.Small.SaveHtml(file);
        Assert.Equal(Pages.Small.ToHtml(), File.ReadAllText(file));
        File.Delete(file);
    }

    private static XDocument Read(string page) => XDocument.Parse(page);

    [GeneratedRegex("(https?|wss?|ftp):|//[a-z0-9.-]+\\.[a-z]{2,}/", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}

using System.Globalization;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Nabla.Explain.Tests.Docs;

/// <summary>The tables of the pages about the glass box are those of the code. NABLA_UPDATE_DOCS=1 writes them.</summary>
public sealed partial class ExplainPagesTests
{
    [Fact]
    public void The_table_of_rules_is_made_of_the_rules()
    {
        StringBuilder table = new("| Rule | Lesson | What it finds, and from where on |\n|---|---|---|\n");
        foreach (DoctorRule rule in DoctorRules.All)
        {
            table.Append(CultureInfo.InvariantCulture, $"| `{rule.Name}` | {rule.Lesson} | {rule.About} |\n");
            Assert.EndsWith(".", rule.About, StringComparison.Ordinal);
        }

        Held("doctor.md", "rules", table.ToString());
        Held("doctor.md", "common", string.Concat(AdviceRules.All.Where(r => r.Name is not ("default-optimizer" or "epochs-and-steps")).Select(r => $"- `{r.Name}` ({r.Lesson})\n")));
    }

    [Fact]
    public void The_table_of_the_labs_commands_is_made_of_the_commands()
    {
        StringBuilder table = new("| Command | What follows | What it does | Try |\n|---|---|---|---|\n");
        foreach (LabCommand command in LabCommand.All)
        {
            table.Append(CultureInfo.InvariantCulture, $"| `{command.Name}` | {(command.Usage.Length == 0 ? "" : $"`{command.Usage}`")} | {command.Summary} | `{command.Examples[0]}` |\n");
        }

        Held("symbolic.md", "lab", table.ToString());
    }

    [Fact]
    public void The_tables_of_fields_are_those_of_the_JSON()
    {
        HashSet<Type> seen = [];
        Held("glass-box.md", "fields", $"Version {Trace.CurrentVersion}.\n{Fields(typeof(Trace), seen)}");
        Held("glass-box.md", "iteration fields", $"Version {Iterations.CurrentVersion}.\n{Fields(typeof(Iterations), seen)}");
    }

    // A table for a type, and one for each other that its fields are made of and that was not seen before.
    private static string Fields(Type first, HashSet<Type> seen)
    {
        Dictionary<string, XElement> words = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Nabla.Explain.xml")).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);
        StringBuilder text = new();
        Queue<Type> open = new([first]);
        seen.Add(first);
        while (open.TryDequeue(out Type? type))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {type.Name}\n\n| Field | Type | Meaning |\n|---|---|---|\n");
            foreach (JsonPropertyInfo property in TraceJsonContext.Default.GetTypeInfo(type)!.Properties)
            {
                string name = char.ToUpperInvariant(property.Name[0]) + property.Name[1..];
                if (type.GetProperty(name) is not { CanWrite: true } member)
                {
                    continue;
                }

                string meaning = words.GetValueOrDefault($"P:{type.FullName}.{name}")?.Element("summary") is { } summary
                    ? Plain(summary)
                    : Plain(words[$"T:{type.FullName}"].Elements("param").Single(p => p.Attribute("name")!.Value == name));
                Type element = Element(member.PropertyType);
                if (element.Assembly == typeof(Trace).Assembly && !element.IsEnum && seen.Add(element))
                {
                    open.Enqueue(element);
                }

                text.Append(CultureInfo.InvariantCulture, $"| `{property.Name}` | {TypeName(member.PropertyType)} | {meaning} |\n");
            }
        }

        return text.ToString();
    }

    private static Type Element(Type type) => type.IsGenericType ? Element(type.GetGenericArguments()[0]) : type;

    private static string TypeName(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Nullable<>) ? TypeName(type.GetGenericArguments()[0])
        : type.IsGenericType ? $"list of {TypeName(type.GetGenericArguments()[0])}"
        : type.IsEnum ? string.Join(", ", Enum.GetNames(type).Select(n => $"`{n}`"))
        : type == typeof(string) ? "text"
        : type == typeof(bool) ? "true or false"
        : type.IsPrimitive ? "number"
        : type.Name;

    private static string Plain(XElement summary)
    {
        string text = string.Concat(summary.Nodes().Select(n => n switch
        {
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" or "paramref" } see => $"`{see.Attributes().First().Value.Split('.', ':')[^1]}`",
            XElement element => element.Value,
            _ => n.ToString(),
        }));
        return Blanks().Replace(System.Net.WebUtility.HtmlDecode(text), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static void Held(string page, string mark, string table)
    {
        string path = Path.Combine(Nabla.Tests.Shared.RepositoryFiles.Root, "docs", page);
        string text = File.ReadAllText(path).ReplaceLineEndings("\n");
        (string begin, string end) = ($"<!-- {mark} -->\n", $"<!-- end of {mark} -->");
        int from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int to = text.IndexOf(end, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("NABLA_UPDATE_DOCS") == "1")
        {
            text = $"{text[..from]}\n{table}\n{text[to..]}";
            File.WriteAllText(path, text);
            to = text.IndexOf(end, StringComparison.Ordinal);
        }

        Assert.Equal($"\n{table}\n", text[from..to]);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

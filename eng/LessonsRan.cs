// Whether every test that docs/lessons.md names ran and passed, by the reports of a run of all tests:
//   dotnet test -c Release --report-ctrf --report-ctrf-filename ran.json
//   dotnet run eng/LessonsRan.cs
using System.Text.Json;
using System.Text.RegularExpressions;

string[] reports = Directory.GetFiles("artifacts/bin", "ran.json", SearchOption.AllDirectories);
Dictionary<string, HashSet<string>> statuses = [];
foreach (string report in reports)
{
    using JsonDocument document = JsonDocument.Parse(File.ReadAllText(report));
    foreach (JsonElement test in document.RootElement.GetProperty("results").GetProperty("tests").EnumerateArray())
    {
        JsonElement extra = test.GetProperty("extra");
        string name = $"{extra.GetProperty("type").GetString()!.Split('.', '+')[^1]}.{extra.GetProperty("method").GetString()}";
        if (!statuses.TryGetValue(name, out HashSet<string>? known))
        {
            statuses[name] = known = [];
        }

        known.Add(test.GetProperty("status").GetString()!);
    }
}

string[] named = [.. File.ReadLines("docs/lessons.md").Where(l => l.StartsWith("| L", StringComparison.Ordinal))
    .SelectMany(l => TestName().Matches(l.Split('|')[4])).Select(m => m.Groups[1].Value).Distinct()];
string[] open = [.. named.Where(n => !statuses.TryGetValue(n, out HashSet<string>? s) || !s.SetEquals(["passed"]))];
foreach (string name in open)
{
    Console.WriteLine($"{name}: {(statuses.TryGetValue(name, out HashSet<string>? s) ? string.Join(", ", s) : "did not run")}");
}

Console.WriteLine($"{named.Length - open.Length} of {named.Length} tests of the lessons ran and passed, by {reports.Length} reports.");
return named.Length > 0 && open.Length == 0 ? 0 : 1;

internal partial class Program
{
    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex TestName();
}

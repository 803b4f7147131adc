using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Nabla.Cli;

/// <summary>Options and arguments with checks that say what was expected, what came and what to type.</summary>
internal static class Words
{
    /// <summary>A whole number in a range.</summary>
    public static Option<int?> Whole(string name, string valueName, string description, int from, int to = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = valueName,
        CustomParser = result => Single(result) is var text
            && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= from && value <= to
            ? value
            : Refuse<int?>(result, $"{name}: expected a whole number {(to == int.MaxValue ? $"of {from} or more" : $"from {from} to {to}")}, received '{text}'."),
    };

    /// <summary>A number above 0.</summary>
    public static Option<double?> Positive(string name, string valueName, string description) => new(name)
    {
        Description = description,
        HelpName = valueName,
        CustomParser = result => Single(result) is var text
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && value > 0
            ? value
            : Refuse<double?>(result, $"{name}: expected a number above 0 such as 0.001, received '{text}'."),
    };

    /// <summary>One of a few names.</summary>
    public static Option<string> Choice(string name, string valueName, string description, IReadOnlyCollection<string> names) => new(name)
    {
        Description = description,
        HelpName = valueName,
        DefaultValueFactory = _ => names.First(),
        CustomParser = result => names.FirstOrDefault(n => n.Equals(Single(result), StringComparison.OrdinalIgnoreCase))
            ?? Refuse<string>(result, Unknown.Word(name, Single(result), names)),
    };

    /// <summary>Unit counts such as <c>25,15,10</c>.</summary>
    public static Option<int[]?> Units(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "25,15,10",
        CustomParser = result =>
        {
            string text = Single(result);
            List<int> units = [];
            foreach (string part in text.Split(','))
            {
                if (!int.TryParse(part, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int count) || count is < 1 or > 1_000_000)
                {
                    return Refuse<int[]?>(result, $"{name}: expected unit counts of 1 or more with commas between them, such as 25,15,10, received '{text}'.");
                }

                units.Add(count);
            }

            return [.. units];
        },
    };

    /// <summary>A file to write.</summary>
    public static Option<string?> Path(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "FILE",
        CustomParser = result => Single(result) is { Length: > 0 } path ? path : Refuse<string?>(result, $"{name}: expected a file's name, received nothing."),
    };

    /// <summary>Column names with commas between them.</summary>
    public static Option<string[]> Names(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "NAME,NAME",
        DefaultValueFactory = _ => [],
        CustomParser = result => [.. result.Tokens.Select(t => t.Value)],
    };

    /// <summary>What stands between the cells of a CSV file.</summary>
    public static Option<char?> Separator() => new("--separator")
    {
        Description = "What stands between the cells of a CSV file: comma, semicolon, tab or bar. Default: found by looking.",
        HelpName = "NAME",
        CustomParser = result => Single(result) switch
        {
            "," or "comma" => ',',
            ";" or "semicolon" => ';',
            "\t" or "\\t" or "tab" => '\t',
            "|" or "bar" or "pipe" => '|',
            var text => Refuse<char?>(result, $"--separator: expected comma, semicolon, tab or bar, received '{text}'."),
        },
    };

    /// <summary>The option that every command with a result has.</summary>
    public static Option<string?> Json() => Path("--json", "Also write the result to FILE, for machines.");

    /// <summary>The file of a model.</summary>
    public static Argument<string> Model() => new("MODEL") { Description = "A file that 'nabla train' or Save wrote." };

    /// <summary>The data: one word or more. A misspelt option lands here, too: it is told as such.</summary>
    /// <param name="required">Whether there has to be a word.</param>
    /// <param name="description">What the words are.</param>
    /// <param name="takesFormula">Whether the first word may be a formula that begins with a minus: -w^2.</param>
    public static Argument<string[]> Data(bool required, string description, bool takesFormula = false)
    {
        Argument<string[]> data = new("DATA")
        {
            Description = description,
            Arity = required ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore,
        };
        data.Validators.Add(result =>
        {
            if (result.Tokens.Where((t, i) => i > 0 || !takesFormula || !IsNegative(t.Value)).FirstOrDefault(t => t.Value.Length > 1 && t.Value[0] == '-') is { } token)
            {
                result.AddError(Unknown.Option(((CommandResult)result.Parent!).Command, token.Value));
            }
        });
        return data;
    }

    private static readonly System.Buffers.SearchValues<char> OfFormulas = System.Buffers.SearchValues.Create("^*/+(= .0123456789");

    // -w and -2*w are formulas; -epsilon is a misspelt option.
    private static bool IsNegative(string word) =>
        word.Length > 1 && word[0] == '-' && word[1] != '-' && (word.Length == 2 || word.AsSpan().IndexOfAny(OfFormulas) > 0);

    private static string Single(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;

    private static T? Refuse<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}

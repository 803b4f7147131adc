using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Nabla.Explain;

namespace Nabla.Cli.Explaining;

/// <summary>Options and words of the commands that explain.</summary>
internal static class ExplainWords
{
    // A table of more rows than this is nobody's to read.
    private const int MostIterations = 1_000_000;

    private static readonly Dictionary<string, CourseNotation> Notations = new()
    {
        ["as-written"] = CourseNotation.AsWritten,
        ["ng"] = CourseNotation.Ng,
        ["3b1b"] = CourseNotation.ThreeBlueOneBrown,
        ["delta"] = CourseNotation.Delta,
    };

    /// <summary>Whose way of writing.</summary>
    public static Option<string> Notation() => Words.Choice("--notation", "NAME", "as-written, ng, 3b1b or delta.", Notations.Keys);

    /// <summary>The notation of a name that <see cref="Notation"/> let through.</summary>
    public static CourseNotation NotationOf(string name) => Notations[name];

    /// <summary>Rows of the data: 0,1,5.</summary>
    public static Option<int[]> Examples() => new("--examples")
    {
        Description = "Rows of the data that make the batch of a model's step: 0,1,5. Default: 0.",
        HelpName = "ROW,ROW",
        DefaultValueFactory = _ => [0],
        CustomParser = result =>
        {
            List<int> rows = [];
            foreach (string part in result.Tokens.SelectMany(t => t.Value.Split(',')))
            {
                if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int row))
                {
                    result.AddError($"--examples: expected rows counted from 0 with commas between them, such as 0,1,5, received '{part}'.");
                    return [];
                }

                rows.Add(row);
            }

            return [.. rows];
        },
    };

    /// <summary>One nudge or several.</summary>
    public static Option<double[]> Epsilons() => new("--epsilon")
    {
        Description = "Size of the nudge, or several with commas between them: 1,0.1,0.01,1e-8. Default: 0.001.",
        HelpName = "SIZE,SIZE",
        DefaultValueFactory = _ => [],
        CustomParser = result =>
        {
            List<double> sizes = [];
            foreach (string part in result.Tokens.SelectMany(t => t.Value.Split(',')))
            {
                if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double size) || !double.IsFinite(size) || size <= 0)
                {
                    result.AddError($"--epsilon: expected numbers above 0 such as 0.001, with commas between them, received '{part}'.");
                    return [];
                }

                sizes.Add(size);
            }

            return [.. sizes];
        },
    };

    /// <summary>How many steps, or from which to which.</summary>
    public static Option<(int From, int To)?> Iterations() => new("--iterations")
    {
        Description = "A row after each step: 20, or 1..20.",
        HelpName = "FROM..TO",
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
            string[] ends = text.Split("..");
            if (ends.Length <= 2 && ends.All(e => int.TryParse(e, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n is >= 1 and <= MostIterations))
            {
                int[] range = [.. ends.Select(e => int.Parse(e, CultureInfo.InvariantCulture))];
                if (range[0] <= range[^1])
                {
                    return (range.Length == 1 ? 1 : range[0], range[^1]);
                }
            }

            result.AddError($"--iterations: expected a count of steps, or a range such as 1..20, up to {MostIterations.ToString("N0", CultureInfo.InvariantCulture)}, received '{text}'.");
            return null;
        },
    };

    /// <summary>The optimizer of a name, by default gradient descent at the lesson's rate.</summary>
    public static Optimizer Optimizer(string? name, double? learningRate, Lesson? lesson)
    {
        Optimizer optimizer;
        try
        {
            optimizer = name ?? "sgd";
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--optimizer: {e.Message}");
        }

        optimizer.LearningRate = learningRate ?? (optimizer is SGD ? lesson?.LearningRate : null) ?? optimizer.LearningRate;
        return optimizer;
    }

    /// <summary>What the library makes of the user's words and files; what it refuses is a fault of these: that a gradient does not hold has an exit code of its own.</summary>
    public static T Checked<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException or MalformedFileException or TrainingDataException)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>Names with commas between them; those inside brackets belong to an index: W^[1][3,2].</summary>
    public static IEnumerable<string> Listed(string names)
    {
        int depth = 0, start = 0;
        for (int i = 0; i <= names.Length; i++)
        {
            if (i == names.Length || (depth == 0 && names[i] == ','))
            {
                yield return names[start..i].Trim();
                start = i + 1;
            }
            else
            {
                depth += names[i] == '[' ? 1 : names[i] == ']' ? -1 : 0;
            }
        }
    }
}

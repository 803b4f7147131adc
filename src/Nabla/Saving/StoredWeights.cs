using System.Text;

namespace Nabla;

/// <summary>Puts the arrays of a file into variables: types are compared first, and only then anything is assigned.</summary>
/// <param name="file">The file's name for errors.</param>
/// <param name="format">Its format for errors.</param>
/// <param name="arrays">What it holds.</param>
internal sealed class StoredWeights(string file, string format, IReadOnlyDictionary<string, NDArray> arrays)
{
    private const int Shown = 12;

    /// <summary>Refuses weights that are NaN or infinite: every prediction from them would be NaN without a word. Training never leaves such.</summary>
    /// <exception cref="MalformedFileException">Some weight is not finite; the message names each.</exception>
    public void RequireFinite()
    {
        string[] broken = [.. arrays.Where(t => !DataScan.AllFinite(t.Value)).Select(t => $"'{ZipDirectory.Printable(t.Key)}'")];
        if (broken.Length > 0)
        {
            throw new MalformedFileException(file, format, null, $"expected finite weights, received NaN or infinity in {string.Join(", ", broken.Take(8))}{(broken.Length > 8 ? $" and {broken.Length - 8} more" : "")}. Train the model again.");
        }
    }

    /// <summary>Assigns each variable the array of its path.</summary>
    /// <param name="weights">The variables by their paths.</param>
    /// <param name="owner">Whose they are, for the message.</param>
    /// <param name="prefix">A first part of paths that either side may leave out: the model's name; null where paths must be the same.</param>
    /// <param name="exact">Whether element types must be the same; else any floating type is converted.</param>
    /// <param name="skipMismatch">Whether what does not fit is left out instead of refused.</param>
    /// <returns>What was left out, a line each.</returns>
    /// <exception cref="MalformedFileException">Paths, dims or element types differ; every difference is named and nothing was assigned.</exception>
    public IReadOnlyList<string> Into(IReadOnlyList<(string Path, Variable Variable)> weights, string owner, string? prefix = null, bool exact = true, bool skipMismatch = false)
    {
        string?[] names = Names([.. weights.Select(w => w.Path)], prefix);
        List<string> problems = [];
        List<(Variable Variable, NDArray Value)> fitting = [];
        foreach (((string path, Variable variable), string? name) in weights.Zip(names))
        {
            if (name is null)
            {
                problems.Add($"{ZipDirectory.Printable(path)}: {variable.Type} in the model, missing in the file");
            }
            else if (arrays[name] is var array && (exact ? array.Type.Matches(variable.Type) : array.Dims.SameSizes(variable.Type.Dims) && (array.DType.IsFloat || array.DType == variable.Type.DType)))
            {
                fitting.Add((variable, array));
            }
            else
            {
                problems.Add($"{ZipDirectory.Printable(path)}: {variable.Type} in the model, {array.Type} in the file");
            }
        }

        HashSet<string?> used = [.. names];
        problems.AddRange(arrays.Where(a => !used.Contains(a.Key)).Select(a => $"{ZipDirectory.Printable(a.Key)}: not in the model, {a.Value.Type} in the file"));
        if (problems.Count > 0 && !skipMismatch)
        {
            StringBuilder message = new($"expected the weights of {owner}; {fitting.Count} of {weights.Count} fit, and nothing was changed:");
            foreach (string problem in problems.Take(Shown))
            {
                message.Append("\n  ").Append(problem);
            }

            throw new MalformedFileException(file, format, null, message.Append(problems.Count > Shown ? $"\n  and {problems.Count - Shown} more" : "").ToString());
        }

        foreach ((Variable variable, NDArray value) in fitting)
        {
            variable.Assign(value);
        }

        return problems;
    }

    // For each path the file's name for it. Files may have the model's name before all paths or not, and another model's name there.
    private string?[] Names(string[] paths, string? prefix)
    {
        string?[] best = [.. paths.Select(p => arrays.ContainsKey(p) ? p : null)];
        if (prefix is null || best.All(n => n is not null))
        {
            return best;
        }

        string[] names = [.. arrays.Keys];
        string[] shortPaths = [.. paths.Select(p => Without(p, prefix + "/"))];
        string common = names.Length > 0 && names[0].IndexOf('/', StringComparison.Ordinal) is > 0 and int end ? names[0][..(end + 1)] : "";
        string[] shortNames = common.Length > 0 && Array.TrueForAll(names, n => n.StartsWith(common, StringComparison.Ordinal)) ? [.. names.Select(n => Without(n, common))] : names;
        foreach ((string[] own, string[] stored) in (IEnumerable<(string[], string[])>)[(shortPaths, names), (paths, shortNames), (shortPaths, shortNames)])
        {
            if (own.Distinct().Count() < own.Length || stored.Distinct().Count() < stored.Length)
            {
                continue;
            }

            Dictionary<string, string> byName = stored.Zip(names).ToDictionary(p => p.First, p => p.Second);
            string?[] found = [.. own.Select(byName.GetValueOrDefault)];
            best = found.Count(n => n is not null) > best.Count(n => n is not null) ? found : best;
        }

        return best;
    }

    private static string Without(string text, string start) => text.StartsWith(start, StringComparison.Ordinal) ? text[start.Length..] : text;
}

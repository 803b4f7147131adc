namespace Nabla;

/// <summary>Puts the arrays of a file into variables, all or nothing.</summary>
internal static class StoredWeights
{
    /// <summary>Refuses weights that are NaN or infinite: every prediction from them would be NaN without a word. Training never leaves such.</summary>
    /// <exception cref="MalformedFileException">Some weight is not finite; the message names each.</exception>
    public static void RequireFinite(SafeTensorsFile file, string path, string member)
    {
        string[] broken = [.. file.Tensors.Where(t => !DataScan.AllFinite(t.Value)).Select(t => $"'{ZipDirectory.Printable(t.Key)}'")];
        if (broken.Length > 0)
        {
            throw new MalformedFileException($"{path}/{member}", "nabla", null, $"expected finite weights, received NaN or infinity in {string.Join(", ", broken.Take(8))}{(broken.Length > 8 ? $" and {broken.Length - 8} more" : "")}. Train the model again.");
        }
    }

    /// <summary>Assigns each variable the array of its name.</summary>
    /// <exception cref="MalformedFileException">Names, dims or element types differ; every difference is named and nothing was assigned.</exception>
    public static void Into(IReadOnlyList<Variable> variables, SafeTensorsFile file, string path, string member)
    {
        List<string> problems = [];
        foreach (Variable variable in variables)
        {
            if (!file.Tensors.TryGetValue(variable.Name, out NDArray? array))
            {
                problems.Add($"'{variable.Name}' is missing");
            }
            else if (!array.Type.Matches(variable.Type))
            {
                problems.Add($"'{variable.Name}' is {array.Type}, expected {variable.Type}");
            }
        }

        HashSet<string> known = [.. variables.Select(v => v.Name)];
        problems.AddRange(file.Tensors.Keys.Where(n => !known.Contains(n)).Select(n => $"'{ZipDirectory.Printable(n)}' belongs to no layer"));
        if (problems.Count > 0)
        {
            throw new MalformedFileException($"{path}/{member}", "nabla", null, $"expected the tensors that the configuration asks for: {string.Join("; ", problems.Take(8))}{(problems.Count > 8 ? $"; and {problems.Count - 8} more" : "")}.");
        }

        foreach (Variable variable in variables)
        {
            variable.Assign(file.Tensors[variable.Name]);
        }
    }
}

namespace Nabla;

/// <summary>Everything of a training in one file, for a model that is made by the same program again: weights, the optimizer's memory, and where it stands.</summary>
internal static class TrainingBackup
{
    /// <summary>Writes the training under way; a crash leaves the old file or the new one.</summary>
    public static void Write(Model model, string path)
    {
        Compilation compilation = model.Compilation!;
        TrainingPosition position = compilation.Running!.Capture();
        SafeTensorsFile.Write(
            path,
            [
                .. Variables(model, compilation).Select(v => new KeyValuePair<string, NDArray>(v.Name, v.Variable.Value)),
                .. position.Arrays.Select(a => new KeyValuePair<string, NDArray>("position/" + a.Key, a.Value)),
            ],
            position.Notes);
    }

    /// <summary>Puts a training back; the next Fit's loop goes on from there.</summary>
    /// <exception cref="MalformedFileException">The file is damaged, or of another model; nothing was changed.</exception>
    public static void Restore(Model model, string path)
    {
        Compilation compilation = model.Compilation!;
        SafeTensorsFile file = SafeTensorsFile.Read(path);
        TrainingPosition position = TrainingPosition.Read(file, path);
        List<(string Name, Variable Variable)> variables = [.. Variables(model, compilation)];
        string[] misfits =
        [
            .. variables.Where(v => !file.Tensors.TryGetValue(v.Name, out NDArray? array) || !array.Type.Matches(v.Variable.Type))
                .Select(v => $"'{v.Name}' of {v.Variable.Type}"),
        ];
        int stored = file.Tensors.Keys.Count(k => !k.StartsWith("position/", StringComparison.Ordinal));
        if (misfits.Length > 0 || stored != variables.Count)
        {
            throw new MalformedFileException(path, "safetensors", null, $"expected a backup of this training, with {variables.Count} variables, received one with {stored}{(misfits.Length > 0 ? $" and without {string.Join(", ", misfits.Take(4))}" : "")}. Delete it to start anew, or make and compile the model as it was.");
        }

        foreach ((string name, Variable variable) in variables)
        {
            variable.Assign(file.Tensors[name]);
        }

        (model.Progress.Seed, model.Progress.Epochs) = (position.Seed, position.Epochs);
        compilation.Position = position with
        {
            IsBackup = true,
            Arrays = position.Arrays.Where(a => a.Key.StartsWith("position/", StringComparison.Ordinal)).ToDictionary(a => a.Key["position/".Length..], a => a.Value),
        };
    }

    // By place: names that were made up differ where a program has made other models before.
    private static IEnumerable<(string Name, Variable Variable)> Variables(Model model, Compilation compilation) =>
    [
        .. model.Weights.Select((w, i) => ($"weights/{i}", w)),
        .. compilation.EnsureState().All.Select((v, i) => ($"optimizer/{i}", v)),
    ];
}

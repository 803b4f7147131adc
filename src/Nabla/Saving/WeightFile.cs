namespace Nabla;

/// <summary>A model's weights alone, in the files that other frameworks read and write: <c>.safetensors</c> and <c>.npz</c>.</summary>
internal static class WeightFile
{
    public static void Save(Model model, string path)
    {
        bool safetensors = IsSafeTensors(model, path, nameof(Model.SaveWeights));
        model.RequireBuilt(nameof(Model.SaveWeights));
        RequireFinite(model, nameof(Model.SaveWeights));
        IEnumerable<KeyValuePair<string, NDArray>> weights = Arrays(model.WeightPaths);
        if (safetensors)
        {
            SafeTensorsFile.Write(path, weights);
        }
        else
        {
            NpzFile.Write(path, weights);
        }
    }

    public static IReadOnlyList<string> Load(Model model, string path, bool skipMismatch)
    {
        bool safetensors = IsSafeTensors(model, path, nameof(Model.LoadWeights));
        model.RequireBuilt(nameof(Model.LoadWeights));
        StoredWeights stored = safetensors
            ? new StoredWeights(path, "safetensors", SafeTensorsFile.Read(path).Tensors)
            : new StoredWeights(path, "npz", NpzFile.Read(path));
        stored.RequireFinite();
        return stored.Into(model.WeightPaths, $"{model.ClassName} '{model.Name}'", model.Name, exact: false, skipMismatch);
    }

    /// <summary>Refuses to write what could not be loaded again.</summary>
    public static void RequireFinite(Model model, string method)
    {
        string[] broken = [.. model.WeightPaths.Where(w => !DataScan.AllFinite(w.Variable.Value)).Select(w => w.Path)];
        if (broken.Length > 0)
        {
            throw new InvalidOperationException($"{model.ClassName} '{model.Name}': {method} expected finite weights, received NaN or infinity in {string.Join(", ", broken)}. Save a model before it diverges, or train a new one with a smaller learning rate.");
        }
    }

    /// <summary>The values of variables by their paths.</summary>
    public static IEnumerable<KeyValuePair<string, NDArray>> Arrays(IEnumerable<(string Path, Variable Variable)> variables) =>
        variables.Select(v => new KeyValuePair<string, NDArray>(v.Path, v.Variable.Value));

    private static bool IsSafeTensors(Model model, string path, string method)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".safetensors" => true,
            ".npz" => false,
            _ => throw new ArgumentException($"{model.ClassName} '{model.Name}': {method} expected a file called NAME.safetensors or NAME.npz, received '{Path.GetFileName(path)}'. {(method == nameof(Model.SaveWeights) ? "A whole model is written by Save" : "A whole model is read by Model.Load")}.", nameof(path)),
        };
    }
}

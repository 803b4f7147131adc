namespace Nabla.Cli.Input;

/// <summary>The arrays of an .npz file, found by name in any case.</summary>
/// <param name="path">The file.</param>
internal sealed class NpzArrays(string path)
{
    private readonly OrderedDictionary<string, NDArray> _arrays = NpzFile.Read(path);

    /// <summary>The only array, or null.</summary>
    public NDArray? Only => _arrays.Count == 1 ? _arrays.First().Value : null;

    /// <summary>The array of a name, or null.</summary>
    public NDArray? Find(string name) => _arrays.FirstOrDefault(a => a.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>An error about which arrays there are.</summary>
    public InvalidDataException Error(string expectation) =>
        new($"npz '{path}': {expectation}; received {(_arrays.Count == 0 ? "none" : string.Join(", ", _arrays.Keys))}. Save them under those names: np.savez('{Path.GetFileName(path)}', x=x, y=y).");
}

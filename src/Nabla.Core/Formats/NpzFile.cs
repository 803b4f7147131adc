namespace Nabla;

/// <summary>NumPy's <c>.npz</c> files: several named arrays, each a <c>.npy</c> in a zip.</summary>
/// <example><code>
/// using MemoryStream file = new();
/// NpzFile.Write(file, [new("x", x), new("y", y)], compress: true);
/// file.Position = 0;
/// NDArray features = NpzFile.Read(file)["x"];
/// </code></example>
public static class NpzFile
{
    private const string Suffix = ".npy";

    /// <summary>Reads all arrays of a file, in its order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="memoryBudget">The most bytes that all arrays together may take; by default 256 MiB and 16 times the file's length.</param>
    /// <exception cref="MalformedFileException">The file or one of its arrays is damaged, of another kind, or beyond the budget.</exception>
    /// <exception cref="IOException">The file could not be read.</exception>
    public static OrderedDictionary<string, NDArray> Read(string path, long? memoryBudget = null)
    {
        using SafeZip zip = SafeZip.Open(path, memoryBudget);
        return Read(zip, path);
    }

    /// <summary>Reads all arrays in the rest of a stream.</summary>
    /// <param name="stream">Where to read; it stays open.</param>
    /// <param name="name">What to call the data in errors.</param>
    /// <param name="memoryBudget">The most bytes that all arrays together may take; by default 256 MiB and 16 times the data's length.</param>
    /// <exception cref="MalformedFileException">The data are damaged, of another kind, or beyond the budget.</exception>
    public static OrderedDictionary<string, NDArray> Read(Stream stream, string name = "stream", long? memoryBudget = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using SafeZip zip = SafeZip.Open(stream, name, memoryBudget);
        return Read(zip, name);
    }

    /// <summary>Writes arrays to a file, in one step: a crash leaves the old file or the new one. The same arrays give the same bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="arrays">Names and arrays, in order.</param>
    /// <param name="compress">Whether to compress, as <c>savez_compressed</c> does.</param>
    /// <exception cref="ArgumentException">Two arrays of one name, or an array that NumPy has no type for.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, NDArray>> arrays, bool compress = false)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        AtomicFile.Write(path, stream => WriteZip(stream, arrays, compress));
    }

    /// <summary>Writes arrays to a stream.</summary>
    /// <param name="stream">Where to write; it stays open.</param>
    /// <param name="arrays">Names and arrays, in order.</param>
    /// <param name="compress">Whether to compress, as <c>savez_compressed</c> does.</param>
    /// <exception cref="ArgumentException">Two arrays of one name, or an array that NumPy has no type for.</exception>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, NDArray>> arrays, bool compress = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(arrays);
        if (stream.CanSeek)
        {
            WriteZip(stream, arrays, compress);
            return;
        }

        // Sizes and checksums are put before the data afterwards, which needs a stream that goes back.
        using var buffer = new MemoryStream();
        WriteZip(buffer, arrays, compress);
        buffer.Position = 0;
        buffer.CopyTo(stream);
    }

    private static OrderedDictionary<string, NDArray> Read(SafeZip zip, string file)
    {
        if (zip.Members.FirstOrDefault(m => !m.Name.EndsWith(Suffix, StringComparison.Ordinal)) is { } stranger)
        {
            throw new MalformedFileException(file, "npz", stranger.HeaderOffset, $"expected only members named *.npy, received '{stranger.Name}'.");
        }

        var arrays = new OrderedDictionary<string, NDArray>(StringComparer.Ordinal);
        foreach (ZipMember member in zip.Members)
        {
            using Stream stream = zip.OpenMember(member.Name);
            arrays.Add(member.Name[..^Suffix.Length], NpyFile.Read(stream, $"{file}:{member.Name}"));
        }

        return arrays;
    }

    private static void WriteZip(Stream stream, IEnumerable<KeyValuePair<string, NDArray>> arrays, bool compress)
    {
        var zip = new ZipWriter(stream);
        foreach ((string name, NDArray array) in arrays)
        {
            zip.Add(name + Suffix, NpyFile.Length(array), content => NpyFile.Write(content, array), compress);
        }

        zip.Finish();
    }
}

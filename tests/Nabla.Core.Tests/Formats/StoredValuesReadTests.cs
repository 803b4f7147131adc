namespace Nabla.Core.Tests.Formats;

/// <summary>The stored values of the whole project are files by NumPy, Python's zipfile and PyTorch: all must pass our checks.</summary>
public sealed class StoredValuesReadTests
{
    public static TheoryData<string> Npz() => Below("*.npz");

    public static TheoryData<string> Keras() => Below("*.keras");

    public static TheoryData<string> SafeTensors() => Below("*.safetensors");

    [Theory]
    [MemberData(nameof(Npz))]
    public void Every_stored_npz_is_read(string file) => Assert.NotEmpty(NpzFile.Read(StoredFiles.Golden(file)));

    [Theory]
    [MemberData(nameof(SafeTensors))]
    public void Every_stored_safetensors_is_read(string file) => Assert.NotEmpty(SafeTensorsFile.Read(StoredFiles.Golden(file)).Tensors);

    [Theory]
    [MemberData(nameof(Keras))]
    public void Every_member_of_every_stored_keras_file_is_read(string file)
    {
        using SafeZip zip = SafeZip.Open(StoredFiles.Golden(file));
        Assert.True(zip.Contains("config.json"));
        Assert.All(zip.Members, m => Assert.Equal(m.Size, zip.ReadMember(m.Name, 1 << 24).Length));
    }

    // Without the damaged ones, whose names say so.
    private static TheoryData<string> Below(string pattern)
    {
        string root = StoredFiles.Golden("");
        var rows = new TheoryData<string>();
        foreach (string path in Directory.EnumerateFiles(root, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (!Path.GetFileName(path).StartsWith("bad_", StringComparison.Ordinal))
            {
                rows.Add(Path.GetRelativePath(root, path).Replace('\\', '/'));
            }
        }

        return rows;
    }
}

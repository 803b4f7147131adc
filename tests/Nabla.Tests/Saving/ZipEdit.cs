using System.IO.Compression;
using System.Text;

namespace Nabla.Tests.Saving;

/// <summary>Model files with one thing changed, well formed as zips so that the change itself is what a reader meets.</summary>
internal static class ZipEdit
{
    /// <summary>Replaces text in a JSON member.</summary>
    public static void Text(string path, string member, string find, string replace) => Members(path, (name, content) =>
    {
        if (name != member)
        {
            return content;
        }

        string text = Encoding.UTF8.GetString(content);
        Assert.Contains(find, text, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text.Replace(find, replace, StringComparison.Ordinal));
    });

    /// <summary>Replaces a member's bytes; null removes it.</summary>
    public static void Member(string path, string member, byte[]? content) => Members(path, (name, old) => name == member ? content : old);

    public static byte[] Read(string path, string member)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        using MemoryStream content = new();
        using Stream stream = zip.GetEntry(member)!.Open();
        stream.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Adds a member.</summary>
    public static void Add(string path, string member, byte[] content) => Rewrite(path, [.. Contents(path), (member, content)]);

    private static void Members(string path, Func<string, byte[], byte[]?> change) =>
        Rewrite(path, [.. Contents(path).Select(m => (m.Name, change(m.Name, m.Content)))]);

    private static List<(string Name, byte[] Content)> Contents(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        return [.. zip.Entries.Select(e => (e.FullName, Read(path, e.FullName)))];
    }

    private static void Rewrite(string path, IEnumerable<(string Name, byte[]? Content)> members)
    {
        using FileStream stream = File.Create(path);
        ZipWriter zip = new(stream);
        foreach ((string name, byte[]? content) in members)
        {
            if (content is not null)
            {
                zip.Add(name, content.Length, s => s.Write(content));
            }
        }

        zip.Finish();
    }
}

using System.Security.Cryptography;

namespace Nabla.Data.Tests.Sets;

public sealed class EmbeddedFileTests
{
    public static TheoryData<string> Names => [.. EmbeddedFile.All.Select(f => f.Name)];

    private static EmbeddedFile File(string name) => EmbeddedFile.All.Single(f => f.Name == name);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_packaged_file_has_the_publishers_bytes(string name)
    {
        // MD5 is what the publishers state; it guards against mistakes here, not against attackers.
#pragma warning disable CA5351
        string md5 = Convert.ToHexStringLower(MD5.HashData(File(name).Read()));
#pragma warning restore CA5351
        Assert.Equal(File(name).Md5, md5);
    }

    [Fact]
    public void The_assembly_holds_the_listed_resources_and_no_others()
    {
        string[] held = typeof(EmbeddedFile).Assembly.GetManifestResourceNames();
        Assert.Equal(EmbeddedFile.All.SelectMany(f => f.Resources).Order(StringComparer.Ordinal), held.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_rebuilding_script_checks_the_same_sums()
    {
        IEnumerable<string> listed = EmbeddedFile.All.Select(f => $"{f.Md5}  {f.Name}");
        Assert.Equal(listed.Order(StringComparer.Ordinal), System.IO.File.ReadAllLines(Path.Combine(RepositoryFiles.Root, "eng", "data.md5")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decoding_past_a_header_gives_the_same_bytes_without_it(string name)
    {
        EmbeddedFile file = File(name);
        byte[] whole = file.Read();
        var destination = new byte[file.Length - 16 + 3];
        foreach (Action part in file.Decode(destination, offset: 3, skip: 16))
        {
            part();
        }

        Assert.True(destination.AsSpan(3).SequenceEqual(whole.AsSpan(16)));
    }
}

namespace Nabla;

/// <summary>
/// Reading zip files from anywhere: members by exact name, never unpacked to a folder. Opening checks the whole directory and layout;
/// reading a member to its end checks its size and checksum.
/// </summary>
/// <remarks>
/// Refused, each by its own message: two members of one name, names that lead out, links, encryption, unknown methods, headers that
/// disagree, overlaps, gaps, data before the first or after the last member, sizes that cannot be, more content than the budget.
/// </remarks>
internal sealed class SafeZip : IDisposable
{
    private readonly Stream _stream;
    private readonly bool _own;
    private readonly ZipSource _source;
    private readonly Dictionary<string, ZipMember> _byName;

    private SafeZip(Stream stream, bool own, string name, long? budget)
    {
        (_stream, _own) = (stream, own);
        _source = new ZipSource(stream, name);
        (List<ZipMember> members, long directory) = ZipDirectory.Read(_source);
        Members = ZipLayout.Check(_source, members, directory);
        _byName = Members.ToDictionary(m => m.Name, StringComparer.Ordinal);
        long limit = budget ?? DefaultBudget(_source.Length);
        UInt128 total = 0;
        foreach (ZipMember member in Members)
        {
            total += (ulong)member.Size;
        }

        if (total > (UInt128)Math.Max(0, limit))
        {
            throw _source.Error($"its members state {total} bytes of content, more than the allowed {limit}. If you trust the file, pass a larger memory budget.");
        }
    }

    /// <summary>The members in the directory's order.</summary>
    internal IReadOnlyList<ZipMember> Members { get; }

    /// <summary>What a file may unpack to if the caller does not say: 256 MiB and 16 times its length.</summary>
    internal static long DefaultBudget(long length) => (256L << 20) + (16 * length);

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="budget">The most bytes that all members together may unpack to; by default <see cref="DefaultBudget"/>.</param>
    /// <exception cref="MalformedFileException">Not a zip file, or one that is refused.</exception>
    internal static SafeZip Open(string path, long? budget = null)
    {
        FileStream stream = PlainFile.OpenRead(path);
        try
        {
            return new SafeZip(stream, own: true, path, budget);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens the rest of a stream, which stays open and must not be used meanwhile; one that cannot seek is read into memory.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <param name="budget">As for a file.</param>
    /// <exception cref="MalformedFileException">Not a zip file, or one that is refused.</exception>
    internal static SafeZip Open(Stream stream, string name, long? budget = null)
    {
        if (stream.CanSeek)
        {
            return new SafeZip(stream, own: false, name, budget);
        }

        var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return new SafeZip(copy, own: true, name, budget);
    }

    /// <summary>Whether there is a member of exactly this name.</summary>
    internal bool Contains(string name) => _byName.ContainsKey(name);

    /// <summary>The content of a member, front to back. Only a reader that reaches its end has had size and checksum compared.</summary>
    /// <exception cref="MalformedFileException">There is no such member.</exception>
    internal Stream OpenMember(string name) => _byName.TryGetValue(name, out ZipMember? member) && !member.IsFolder
        ? new ZipMemberStream(_source, member)
        : throw _source.Error($"expected a member '{name}', found {Listing()}.");

    /// <summary>The whole content of a small member.</summary>
    /// <param name="name">The member.</param>
    /// <param name="limit">The most bytes to take.</param>
    /// <exception cref="MalformedFileException">There is no such member, it is longer than <paramref name="limit"/>, or it is damaged.</exception>
    internal byte[] ReadMember(string name, int limit)
    {
        using Stream stream = OpenMember(name);
        if (_byName[name].Size > limit)
        {
            throw _source.Error($"expected at most {limit} bytes in member '{name}', received {_byName[name].Size}.");
        }

        // Grows with what really comes, not with what the directory promises.
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_own)
        {
            _stream.Dispose();
        }
    }

    private string Listing() => Members.Count == 0 ? "no members" :
        string.Join(", ", Members.Take(8).Select(m => $"'{m.Name}'")) + (Members.Count > 8 ? $" and {Members.Count - 8} more" : "");
}

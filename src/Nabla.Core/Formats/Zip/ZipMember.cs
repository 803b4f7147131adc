namespace Nabla;

/// <summary>One member of a zip file, as its directory states it and its own header confirms.</summary>
/// <param name="Name">The exact name.</param>
/// <param name="Method">0 stored, 8 deflated.</param>
/// <param name="Flags">The general-purpose bits.</param>
/// <param name="Crc">The checksum of the content.</param>
/// <param name="StoredSize">Bytes in the file.</param>
/// <param name="Size">Bytes of content.</param>
/// <param name="HeaderOffset">Where its own header begins.</param>
internal sealed record ZipMember(string Name, ushort Method, ushort Flags, uint Crc, long StoredSize, long Size, long HeaderOffset)
{
    /// <summary>The method that copies.</summary>
    internal const ushort Stored = 0;

    /// <summary>The method that compresses.</summary>
    internal const ushort Deflated = 8;

    /// <summary>The flag of members whose sizes stand after their data.</summary>
    internal const ushort SizesAfterData = 1 << 3;

    /// <summary>The flag of names in UTF-8.</summary>
    internal const ushort Utf8Name = 1 << 11;

    // 258 bytes for two bits is the most that deflate can do: a statement beyond it is a lie, and needs no inflating to know.
    private const long MaxRatio = 1032;

    /// <summary>Where the data begin; known once the layout was checked.</summary>
    internal long DataOffset { get; init; }

    /// <summary>Whether this is a folder, which has no content.</summary>
    internal bool IsFolder => Name.EndsWith('/');

    /// <summary>What is wrong with the directory's statement by itself, or null.</summary>
    internal string? Problem() =>
        ZipNames.Problem(Name) ?? this switch
        {
            { Flags: var f } when (f & 0x2041) != 0 => "it is encrypted",
            { Flags: var f } when (f & ~(0x6 | SizesAfterData | Utf8Name)) != 0 => $"its flags 0x{f:x4} are not understood",
            { Method: not (Stored or Deflated) } => $"expected the method stored or deflated, received {MethodName(Method)}",
            { IsFolder: true } when Size != 0 || StoredSize != 0 => "it is a folder with content",
            { Method: Stored } when Size != StoredSize => $"it is stored, but in {StoredSize} bytes for a content of {Size}",
            { Method: Deflated } when Size / MaxRatio > StoredSize => $"{StoredSize} bytes cannot unpack to the {Size} that it states",
            _ => null,
        };

    private static string MethodName(ushort method) => method switch
    {
        1 => "shrunk (1)",
        6 => "imploded (6)",
        9 => "deflate64 (9)",
        12 => "bzip2 (12)",
        14 => "LZMA (14)",
        93 => "Zstandard (93)",
        95 => "xz (95)",
        98 => "PPMd (98)",
        99 => "AES encryption (99)",
        _ => $"an unknown one ({method})",
    };
}

namespace Nabla.Data;

/// <summary>
/// Collects the content of an IDX file. It holds the longest possible header at first, reads the header when that is full, and from then
/// on grows with what arrives and refuses the first byte beyond what the header declares: neither a false header nor a bomb of
/// compressed zeros makes it take more memory than a small multiple of the real content.
/// </summary>
internal sealed class IdxBuffer(string file)
{
    private const int FirstGrowth = 1 << 16;

    private byte[] _bytes = new byte[IdxHeader.MaxLength];
    private IdxHeader? _header;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Append(ReadOnlySpan<byte> values)
    {
        while (!values.IsEmpty)
        {
            if (Length == _bytes.Length)
            {
                Grow();
            }

            int count = Math.Min(values.Length, _bytes.Length - Length);
            values[..count].CopyTo(_bytes.AsSpan(Length));
            Length += count;
            values = values[count..];
        }
    }

    /// <summary>The header and the values' bytes, once all has been written.</summary>
    /// <exception cref="MalformedFileException">There are fewer values than the header declares.</exception>
    public (IdxHeader Header, ReadOnlyMemory<byte> Values) Finish()
    {
        IdxHeader header = _header ?? IdxHeader.Parse(Written, file);
        if (Length < header.TotalLength)
        {
            throw new MalformedFileException(file, "IDX", Length, $"expected {header.TotalLength} bytes for {header.DType.Name}{header.Dims}, received {Length}: the file is cut short.");
        }

        if (Length > header.TotalLength)
        {
            throw TooMuch(header);
        }

        return (header, _bytes.AsMemory(header.Length, Length - header.Length));
    }

    private void Grow()
    {
        _header ??= IdxHeader.Parse(Written, file);
        if (Length >= _header.TotalLength)
        {
            throw TooMuch(_header);
        }

        Array.Resize(ref _bytes, (int)Math.Min(_header.TotalLength, Math.Max(FirstGrowth, 2L * _bytes.Length)));
    }

    private MalformedFileException TooMuch(IdxHeader header) => new(
        file, "IDX", header.TotalLength, $"expected {header.TotalLength} bytes for {header.DType.Name}{header.Dims}, received more: the header declares too little, or something was appended.");
}

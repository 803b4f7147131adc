using System.Buffers;
using System.Text;

namespace Nabla.Data;

/// <summary>
/// The text of a file as UTF-8 without its mark: UTF-8 is passed on, UTF-16 with a mark is converted. What is neither is refused with the byte
/// where it begins, instead of becoming question marks that train as a category.
/// </summary>
internal sealed class Utf8Source : Stream
{
    private const int ChunkSize = 1 << 16;

    private readonly Stream _source;
    private readonly string _name;
    private readonly byte[] _chunk = new byte[ChunkSize];
    private readonly Decoder? _decoder;
    private readonly char[] _chars = [];
    private byte[] _ready = [];
    private int _begin;
    private int _end;
    private int _held;
    private long _offset;
    private bool _ended;

    /// <summary>Looks at the first bytes.</summary>
    /// <param name="source">The file; the caller closes it.</param>
    /// <param name="name">Named in errors.</param>
    public Utf8Source(Stream source, string name)
    {
        (_source, _name) = (source, name);
        _held = source.ReadAtLeast(_chunk, 4, throwOnEndOfStream: false);
        ReadOnlySpan<byte> first = _chunk.AsSpan(0, _held);
        int mark = 0;
        if (first is [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..])
        {
            throw Error(0, "expected UTF-8 or UTF-16 text, received UTF-32. Save the file as UTF-8.");
        }

        if (first is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            mark = 2;
            _decoder = new UnicodeEncoding(bigEndian: first[0] == 0xFE, byteOrderMark: false, throwOnInvalidBytes: true).GetDecoder();
            _chars = new char[ChunkSize];
        }
        else if (first is [0xEF, 0xBB, 0xBF, ..])
        {
            mark = 3;
        }
        else
        {
            Refuse(first);
        }

        _chunk.AsSpan(mark, _held - mark).CopyTo(_chunk);
        (_held, _offset, Skipped) = (_held - mark, mark, mark);
    }

    /// <summary>Whether offsets in what is read are not those of the file.</summary>
    public bool IsConverted => _decoder is not null;


    /// <summary>The bytes of the mark, which are not passed on.</summary>
    public int Skipped { get; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        while (_begin == _end && !_ended)
        {
            Fill();
        }

        int count = Math.Min(buffer.Length, _end - _begin);
        _ready.AsSpan(_begin, count).CopyTo(buffer);
        _begin += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // Bytes of a character that a chunk cuts in two are held for the next.
    private void Fill()
    {
        int read = _held < ChunkSize ? _source.Read(_chunk, _held, ChunkSize - _held) : 0;
        _ended = read == 0 && _held < ChunkSize;
        int count = _held + read;
        if (_decoder is null)
        {
            int whole = Checked(_chunk.AsSpan(0, count));
            _ready = _ready.Length == 0 ? new byte[ChunkSize] : _ready;
            _chunk.AsSpan(0, whole).CopyTo(_ready);
            (_begin, _end) = (0, whole);
            _chunk.AsSpan(whole, count - whole).CopyTo(_chunk);
            (_held, _offset) = (count - whole, _offset + whole);
        }
        else
        {
            int length = Decoded(_chunk.AsSpan(0, count));
            _ready = _ready.Length == 0 ? new byte[Encoding.UTF8.GetMaxByteCount(ChunkSize)] : _ready;
            (_begin, _end) = (0, Encoding.UTF8.GetBytes(_chars.AsSpan(0, length), _ready));
            (_held, _offset) = (0, _offset + count);
        }
    }

    // How many bytes at the start are whole characters.
    private int Checked(ReadOnlySpan<byte> bytes)
    {
        int place = 0;
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
        {
            while (place < bytes.Length)
            {
                OperationStatus status = Rune.DecodeFromUtf8(bytes[place..], out _, out int length);
                if (status == OperationStatus.NeedMoreData && !_ended)
                {
                    break;
                }

                place += status == OperationStatus.Done
                    ? length
                    : throw Error(_offset + place, $"expected UTF-8, received the byte 0x{bytes[place]:X2}. The file is in another encoding, such as Latin-1 or Windows-1252: save it as UTF-8 (a spreadsheet calls it 'CSV UTF-8').");
            }

            bytes = bytes[..place];
        }

        int nul = bytes.IndexOf((byte)0);
        return nul < 0 ? bytes.Length : throw Nul(_offset + nul);
    }

    private int Decoded(ReadOnlySpan<byte> bytes)
    {
        try
        {
            int length = _decoder!.GetChars(bytes, _chars, flush: _ended);
            int nul = _chars.AsSpan(0, length).IndexOf('\0');
            return nul < 0 ? length : throw Nul(_offset + 2 * nul);
        }
        catch (DecoderFallbackException e)
        {
            throw Error(Math.Max(0, _offset + e.Index), "expected UTF-16, as the file's first bytes say, received half a character. The file is damaged or cut: save it again, best as UTF-8.", e);
        }
    }

    // What people hand over by mistake, by the first bytes.
    private void Refuse(ReadOnlySpan<byte> first)
    {
        string? what = first switch
        {
            [(byte)'P', (byte)'K', 3, 4, ..] => "a zip file (a spreadsheet's workbook is one). Save the sheet as CSV",
            [0x1F, 0x8B, ..] => "a gzip file. Unpack it first",
            [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old spreadsheet's workbook. Save the sheet as CSV",
            [_, 0, _, 0, ..] or [0, _, 0, _, ..] => "what looks like UTF-16 without its mark. Save the file as UTF-8",
            _ => null,
        };
        if (what is not null)
        {
            throw Error(0, $"expected text, received {what}.");
        }
    }

    private MalformedFileException Nul(long place) =>
        Error(place, "expected text, received a NUL character. The file is damaged or not text: save it as UTF-8.");

    private MalformedFileException Error(long place, string reason, Exception? cause = null) => new(_name, "csv", place, reason, cause);
}

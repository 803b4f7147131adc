using System.IO.Compression;

namespace Nabla.Core.Tests.Formats;

/// <summary>
/// Small good files, cut at every byte and with every bit turned around: each reads (as the same or as other values) or is refused by
/// <see cref="MalformedFileException"/>. No other exception, and no memory beyond the promise of a small file.
/// </summary>
public sealed class MutationTests
{
    // The largest honest need of a mutated file of a few hundred bytes: a first piece of 1 MiB per array of unknown length, and small change.
    private const long MemoryLimit = 4 << 20;

    public static TheoryData<string> Kinds() => [.. Files.Keys];

    private static readonly Dictionary<string, (byte[] Bytes, Action<Stream> Read)> Files = new()
    {
        ["npy"] = (StoredFiles.Bytes("npy", "d_le_f4.npy"), s => NpyFile.Read(s)),
        ["npy, bools in Fortran order"] = (Changed(StoredFiles.Bytes("npy", "d_b1.npy"), "False"u8, "True "u8), s => NpyFile.Read(s)),
        ["npy, version 3"] = (StoredFiles.Bytes("npy", "v3.npy"), s => NpyFile.Read(s)),
        ["npz, stored"] = (Npz(compress: false), s => NpzFile.Read(s)),
        ["npz, deflated"] = (Npz(compress: true), s => NpzFile.Read(s)),
        ["npz, by NumPy"] = (StoredFiles.Bytes("npy", "stored.npz"), s => NpzFile.Read(s)),
        ["npz, sizes after data"] = (Piped(), s => NpzFile.Read(s)),
        ["safetensors"] = (StoredFiles.Bytes("safetensors", "all.safetensors"), s => SafeTensorsFile.Read(s)),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_cut_is_refused(string kind)
    {
        (byte[] bytes, Action<Stream> read) = Files[kind];
        read(new MemoryStream(bytes));
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.False(Reads(read, new MemoryStream(bytes[..length])), $"Cut to {length} bytes, the file was still read.");
            Assert.False(Reads(read, new ForwardStream(bytes[..length])), $"Cut to {length} bytes, the stream was still read.");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_turned_bit_is_refused_or_read_as_values(string kind)
    {
        (byte[] bytes, Action<Stream> read) = Files[kind];
        byte[] mutant = [.. bytes];
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            mutant[bit / 8] ^= (byte)(1 << (bit % 8));
            Reads(read, new MemoryStream(mutant));
            mutant[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Random_damage_is_refused_or_read_as_values(string kind)
    {
        (byte[] bytes, Action<Stream> read) = Files[kind];
        var random = new Random(20_240_501);
        for (int trial = 0; trial < 3000; trial++)
        {
            byte[] mutant = [.. bytes];
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                int at = random.Next(mutant.Length);
                int length = Math.Min(random.Next(1, 9), mutant.Length - at);
                switch (random.Next(3))
                {
                    case 0:
                        random.NextBytes(mutant.AsSpan(at, length));
                        break;
                    case 1:
                        mutant.AsSpan(at, length).Fill(random.Next(2) == 0 ? (byte)0 : (byte)0xFF);
                        break;
                    default:
                        mutant.AsSpan(random.Next(mutant.Length - length + 1), length).CopyTo(mutant.AsSpan(at));
                        break;
                }
            }

            Reads(read, new MemoryStream(mutant));
        }
    }

    // Anything but MalformedFileException fails the test by itself.
    private static bool Reads(Action<Stream> read, Stream stream)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool whole;
        try
        {
            read(stream);
            whole = true;
        }
        catch (MalformedFileException e)
        {
            Assert.NotNull(e.Format);
            whole = false;
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryLimit);
        return whole;
    }

    private static byte[] Npz(bool compress)
    {
        var file = new MemoryStream();
        NpzFile.Write(file, [new("a", NDArray.Arange(6).Reshape(2, 3)), new("b/ü", new[] { true, false })], compress);
        return file.ToArray();
    }

    private static byte[] Piped()
    {
        var pipe = new Pipe();
        using (var archive = new ZipArchive(pipe, ZipArchiveMode.Create))
        {
            using Stream entry = archive.CreateEntry("a.npy").Open();
            NpyFile.Write(entry, NDArray.Arange(6f));
        }

        return pipe.Written.ToArray();
    }

    private static byte[] Changed(byte[] bytes, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        to.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf(from)));
        return bytes;
    }
}

using System.Buffers.Binary;

namespace Nabla.Cli.Tests.Input;

/// <summary>Writes a small set in MNIST's form: pictures of 6x4 pixels, class 1 bright and class 0 dark.</summary>
internal static class IdxFiles
{
    public static void Write(string folder, int samples)
    {
        byte[] labels = [.. Enumerable.Range(0, samples).Select(i => (byte)(i % 2))];
        byte[] pixels = [.. labels.SelectMany((label, i) => Enumerable.Range(0, 24).Select(p => (byte)(100 * label + (i * p) % 50)))];
        foreach (string part in new[] { "train", "t10k" })
        {
            File.WriteAllBytes(Path.Combine(folder, $"{part}-images-idx3-ubyte"), Idx([samples, 6, 4], pixels));
            File.WriteAllBytes(Path.Combine(folder, $"{part}-labels-idx1-ubyte"), Idx([samples], labels));
        }
    }

    private static byte[] Idx(int[] sizes, byte[] values)
    {
        var bytes = new byte[4 + 4 * sizes.Length + values.Length];
        (bytes[2], bytes[3]) = (8, (byte)sizes.Length);
        for (int i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + 4 * i), sizes[i]);
        }

        values.CopyTo(bytes, 4 + 4 * sizes.Length);
        return bytes;
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>Elements as the bytes of files: little-endian, row-major.</summary>
internal static class ElementBytes
{
    private const int Chunk = 1 << 20;

    /// <summary>Writes all elements.</summary>
    internal static void Write(Stream stream, NDArray array)
    {
        long bytes = (long)array.Count * array.DType.Size;
        for (long at = 0; at < bytes; at += Chunk)
        {
            Span<byte> run = array.ByteRun(at, (int)Math.Min(Chunk, bytes - at));
            if (!BitConverter.IsLittleEndian)
            {
                run = run.ToArray();
                Swap(run, array.DType);
            }

            stream.Write(run);
        }
    }

    /// <summary>Turns the bytes of every number around; a complex number is two.</summary>
    internal static void Swap(Span<byte> bytes, DType dtype)
    {
        switch (dtype == DType.Complex128 ? sizeof(double) : dtype.Size)
        {
            case 2:
                Span<ushort> of2 = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(of2, of2);
                break;
            case 4:
                Span<uint> of4 = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(of4, of4);
                break;
            case 8:
                Span<ulong> of8 = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(of8, of8);
                break;
        }
    }
}

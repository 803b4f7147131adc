using System.Buffers.Binary;

namespace Nabla.Explain;

/// <summary>Pictures inside a page, as bitmaps without compression: every browser has read them for thirty years, and no library is needed.</summary>
internal static class Bitmap
{
    private const int Head = 54;

    /// <summary>The address of a picture that holds it whole.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="colour">Red, green and blue of a pixel: its column from the left, its row from the top.</param>
    public static string Source(int width, int height, Func<int, int, (byte Red, byte Green, byte Blue)> colour)
    {
        int stride = ((width * 3) + 3) / 4 * 4;
        byte[] file = new byte[Head + (stride * height)];
        file[0] = (byte)'B';
        file[1] = (byte)'M';
        Write(2, file.Length);
        Write(10, Head);
        Write(14, 40);
        Write(18, width);
        Write(22, height);
        file[26] = 1;
        file[28] = 24;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int place = Head + ((height - 1 - y) * stride) + (x * 3);
                (file[place + 2], file[place + 1], file[place]) = colour(x, y);
            }
        }

        return $"data:image/bmp;base64,{Convert.ToBase64String(file)}";

        void Write(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
    }
}

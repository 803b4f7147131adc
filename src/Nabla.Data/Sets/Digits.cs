namespace Nabla.Data;

/// <summary>The 8x8 digits: 1,797 handwritten digits of 64 pixels from 0 to 16, the test part of the UCI set.</summary>
/// <example><code>
/// var (pixels, labels) = Digits.Load();   // float32[1797,64] from 0 to 16, int32[1797]
/// NDArray picture = pixels[0].Reshape(8, 8);
/// </code></example>
public static class Digits
{
    internal static readonly string[] Names = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <summary>Where the digits come from and their licence.</summary>
    public static Attribution Attribution { get; } = new(
        "E. Alpaydin, C. Kaynak",
        "CC BY 4.0",
        "UCI Machine Learning Repository, Optical Recognition of Handwritten Digits (1998)",
        "E. Alpaydin, C. Kaynak: Cascading classifiers. Kybernetika 34 (4), 1998.");

    /// <summary>The digits: pixels float32 [1797,64], row by row from the top left, labels int32 [1797].</summary>
    public static DataSet Load()
    {
        (NDArray x, NDArray y, _) = EmbeddedTable.Read(EmbeddedFile.Digits, hasHeader: false);
        return new DataSet
        {
            Name = "digits",
            X = x,
            Y = y,
            ClassNames = Names,
            Image = new ImageShape(8, 8, 16),
            Attribution = Attribution,
        };
    }
}

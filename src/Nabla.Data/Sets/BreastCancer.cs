namespace Nabla.Data;

/// <summary>Breast cancer (Wisconsin, diagnostic): 569 tumours, malignant or benign, by measures of the cell nuclei in a picture.</summary>
/// <example><code>
/// var (x0, y0) = BreastCancer.Load();   // float32[569,30], int32[569]: 0 malignant, 1 benign
/// Console.WriteLine(BreastCancer.Attribution);   // who made it, where it is from, its licence
/// </code></example>
public static class BreastCancer
{
    private static readonly string[] Measures =
    [
        "radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave points", "symmetry", "fractal dimension",
    ];

    /// <summary>Where the measures come from and their licence.</summary>
    public static Attribution Attribution { get; } = new(
        "William H. Wolberg, W. Nick Street, Olvi L. Mangasarian",
        "CC BY 4.0",
        "UCI Machine Learning Repository, Breast Cancer Wisconsin (Diagnostic) (1995)",
        "W. N. Street, W. H. Wolberg, O. L. Mangasarian: Nuclear feature extraction for breast tumor diagnosis. Proceedings of SPIE 1905, 1993.");

    /// <summary>The tumours: mean, error and worst of ten measures float32 [569,30], int32 [569]: 212 malignant (0), 357 benign (1).</summary>
    public static DataSet Load()
    {
        (NDArray x, NDArray y, string[] classNames) = EmbeddedTable.Read(EmbeddedFile.BreastCancer, hasHeader: true);
        return new DataSet
        {
            Name = "breast_cancer",
            X = x,
            Y = y,
            ClassNames = classNames,
            FeatureNames = [.. Measures.Select(m => $"mean {m}"), .. Measures.Select(m => $"{m} error"), .. Measures.Select(m => $"worst {m}")],
            Attribution = Attribution,
        };
    }
}

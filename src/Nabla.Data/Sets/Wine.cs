namespace Nabla.Data;

/// <summary>Wine: 178 wines of three growers in one region of Italy by their chemical analysis.</summary>
/// <example><code>
/// var ((xTrain, yTrain), (xTest, yTest)) = Wine.Load().Split(testFraction: 0.25, seed: 1);
/// </code></example>
public static class Wine
{
    /// <summary>Where the wines come from and their licence.</summary>
    public static Attribution Attribution { get; } = new(
        "M. Forina, S. Aeberhard, D. Coomans, O. de Vel",
        "CC BY 4.0",
        "UCI Machine Learning Repository, Wine (1991)",
        "M. Forina et al.: PARVUS, an extendible package for data exploration, classification and correlation. Institute of Pharmaceutical and Food Analysis and Technologies, Genoa.");

    /// <summary>The wines: measurements float32 [178,13], growers int32 [178] (59, 71 and 48).</summary>
    public static DataSet Load()
    {
        (NDArray x, NDArray y, string[] classNames) = EmbeddedTable.Read(EmbeddedFile.Wine, hasHeader: true);
        return new DataSet
        {
            Name = "wine",
            X = x,
            Y = y,
            ClassNames = classNames,
            FeatureNames =
            [
                "alcohol", "malic acid", "ash", "alcalinity of ash", "magnesium", "total phenols", "flavanoids", "nonflavanoid phenols",
                "proanthocyanins", "color intensity", "hue", "od280/od315 of diluted wines", "proline",
            ],
            Attribution = Attribution,
        };
    }
}

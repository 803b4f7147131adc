namespace Nabla.Data;

/// <summary>Iris: 150 flowers of three species by the length and width of their sepals and petals.</summary>
/// <example><code>
/// DataSet iris = Iris.Load();   // float32[150,4], int32[150]
/// Console.WriteLine(string.Join(", ", iris.ClassNames));   // setosa, versicolor, virginica
/// </code></example>
public static class Iris
{
    /// <summary>Where the flowers come from and their licence.</summary>
    public static Attribution Attribution { get; } = new(
        "R. A. Fisher",
        "CC BY 4.0",
        "UCI Machine Learning Repository, Iris (1988), with the two rows corrected after Fisher's paper",
        "R. A. Fisher: The use of multiple measurements in taxonomic problems. Annals of Eugenics 7 (2), 1936.");

    /// <summary>The flowers: centimetres float32 [150,4], species int32 [150], 50 of each.</summary>
    public static DataSet Load()
    {
        (NDArray x, NDArray y, string[] classNames) = EmbeddedTable.Read(EmbeddedFile.Iris, hasHeader: true);
        return new DataSet
        {
            Name = "iris",
            X = x,
            Y = y,
            ClassNames = classNames,
            FeatureNames = ["sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"],
            Attribution = Attribution,
        };
    }
}

using Nabla.Cli.Input;
using Nabla.Data;
using Nabla.Explain;

namespace Nabla.Cli.Training;

/// <summary>The page beside the model, in which a reader draws digits: for classifiers of pictures.</summary>
internal static class TrainPage
{
    // What a picture of letters or clothes would be called in the page: rows of buttons stay readable.
    private const int MostExamples = 10;

    /// <summary>Where the page goes; null where the data are no pictures of classes.</summary>
    public static string? PathFor(DataSource source, string modelPath)
    {
        if (source.Image is null || !source.Labels.IsClasses)
        {
            return null;
        }

        string page = Path.ChangeExtension(modelPath, ".html");
        return page == modelPath ? modelPath + ".html" : page;
    }

    /// <summary>Writes the page.</summary>
    /// <returns>Why it could not be written, in a sentence; null where it was.</returns>
    public static string? Write(Model model, DataSource source, DataSplit parts, string path)
    {
        ImageShape image = source.Image!;
        int[] rows = Examples(parts.YTest);
        DrawSevenOptions options = new()
        {
            Height = image.Height,
            Width = image.Width,
            MaxValue = image.MaxValue,
            Classes = source.Labels.ClassNames,
            Examples = NDArray.Concat([.. rows.Select(r => parts.XTest[r..(r + 1)])]),
            ExampleLabels = NDArray.Create<int>([.. rows.Select(r => parts.YTest.AsSpan<int>()[r])], [rows.Length]),
        };
        try
        {
            DrawSevenPage.Save(model, path, options);
            return null;
        }
        catch (Exception e) when (e is NotSupportedException or IOException)
        {
            return e.Message.ReplaceLineEndings(" ");
        }
    }

    // The first test sample of each class.
    private static int[] Examples(NDArray labels)
    {
        int[] classes = labels.AsSpan<int>().ToArray();
        return [.. classes.Select((c, row) => (Class: c, Row: row)).DistinctBy(s => s.Class).OrderBy(s => s.Class).Take(MostExamples).Select(s => s.Row)];
    }
}

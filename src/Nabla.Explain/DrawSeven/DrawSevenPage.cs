using System.Globalization;
using System.Text;
using Nabla.Compiler.Emit;

namespace Nabla.Explain;

/// <summary>
/// One offline page in which a reader draws a digit, watches a trained network answer as the line grows, sees which pixels and weights spoke for the
/// answer, and lets the network make one real training step with every number open. What computes in the page is printed from the model's own recorded
/// graphs; the page's numbers are those of the step replayed in double.
/// </summary>
/// <example><code>
/// DrawSevenPage.Save(model, "mnist.html", new DrawSevenOptions { Height = 28, Width = 28, MaxValue = 255 });
/// </code></example>
public static class DrawSevenPage
{
    // In the order in which they need one another.
    internal static readonly string[] Scripts = ["numbers.js", "strokes.js", "network.js", "pictures.js", "pad.js", "elements.js", "bars.js", "layers.js", "unit.js", "step.js", "main.js"];

    /// <summary>Writes the page.</summary>
    /// <param name="model">A compiled classifier of pictures; its training may go on in the page where it stands.</param>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="options">How pictures are read; MNIST's 28x28 pixels from 0 to 255 by default.</param>
    /// <exception cref="NotSupportedException">The model is no classifier of such pictures, or holds a layer that does not print as JavaScript; the message says which.</exception>
    /// <exception cref="InvalidOperationException">The model is not compiled, or has no weights yet.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    public static void Save(Model model, string path, DrawSevenOptions? options = null)
    {
        byte[] page = Encoding.UTF8.GetBytes(Html(model, options));
        AtomicFile.Write(path, stream => stream.Write(page));
    }

    /// <summary>The page as text.</summary>
    /// <param name="model">A compiled classifier of pictures.</param>
    /// <param name="options">How pictures are read.</param>
    /// <exception cref="NotSupportedException">The model is no classifier of such pictures, or holds a layer that does not print as JavaScript; the message says which.</exception>
    /// <exception cref="InvalidOperationException">The model is not compiled, or has no weights yet.</exception>
    public static string Html(Model model, DrawSevenOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new DrawSevenOptions();
        DrawSevenProgram program = new(model, options);
        IReadOnlyList<string> classes = options.Classes ?? model.Metadata?.Classes ?? [.. Enumerable.Range(0, program.Classes).Select(c => c.ToString(CultureInfo.InvariantCulture))];
        if (classes.Count != program.Classes)
        {
            throw new ArgumentException($"DrawSevenPage: expected names for {program.Classes} classes, received {classes.Count}.", nameof(options));
        }

        string page = Fill(program, model, options, classes);
        return page.Length <= options.LargestPage
            ? page
            : throw new NotSupportedException(string.Create(
                CultureInfo.InvariantCulture,
                $"{model.ClassName} '{model.Name}': a page to draw in expects at most {options.LargestPage} bytes, received a model whose page would take {page.Length}. Set LargestPage to write it all the same."));
    }

    private static string Fill(DrawSevenProgram program, Model model, DrawSevenOptions options, IReadOnlyList<string> classes)
    {
        Dictionary<string, string> parts = new()
        {
            ["title"] = Text($"Draw a digit: {model.Name}"),
            ["network"] = Text(NetworkLine(program, options)),
            ["trained"] = Text(TrainedLine(model)),
            ["differences"] = program.Differences.Length == 0 ? "" : $"<p class=\"note\">{Text(program.Differences)}</p>",
            ["preparation"] = Text(Preparation(options)),
            ["classes"] = string.Concat(classes.Select((c, i) => string.Create(CultureInfo.InvariantCulture, $"<option value=\"{i}\">{Text(c)}</option>"))),
            ["examples"] = Examples(program, model, options, classes),
            ["style"] = Asset("page.css"),
            ["data"] = DrawSevenData.Write(program, model, options, classes),
            ["look"] = JavaScriptProgram.Print(program.Look, "look"),
            ["teach"] = JavaScriptProgram.Print(program.Teach, "teach"),
            ["script"] = string.Concat(Scripts.Select(Asset)),
        };

        // One pass over the template: what is filled in is never searched for names again.
        StringBuilder page = new();
        string[] pieces = Asset("page.html").Split("{{");
        page.Append(pieces[0]);
        foreach (string piece in pieces[1..])
        {
            int end = piece.IndexOf("}}", StringComparison.Ordinal);
            page.Append(parts[piece[..end]]).Append(piece.AsSpan(end + 2));
        }

        return page.ToString();
    }

    private static string NetworkLine(DrawSevenProgram program, DrawSevenOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"{options.Height} × {options.Width} pixels → {string.Join(" → ", program.Layers.Select(l => $"{l.Units} {(l.Activation.Length > 0 ? l.Activation : l.Kind == nameof(Dense) ? "linear" : l.Kind)}"))}");

    private static string TrainedLine(Model model) => string.Create(
        CultureInfo.InvariantCulture,
        $"{model.CountParams():N0} weights, trained by {model.Optimizer!.ClassName} for {model.Optimizer.Iterations:N0} steps");

    private static string Preparation(DrawSevenOptions options) => options is { Height: 28, Width: 28 }
        ? "What you draw is prepared as MNIST's digits were: its size is brought to a box of 20 × 20 pixels, its edges are smoothed, and its centre of mass is put in the middle of 28 × 28 pixels."
        : string.Create(CultureInfo.InvariantCulture, $"What you draw is brought to the size of the picture, {options.Height} × {options.Width} pixels, and its edges are smoothed.");

    // Readable without the script too: what the trained network answers to each picture.
    private static string Examples(DrawSevenProgram program, Model model, DrawSevenOptions options, IReadOnlyList<string> classes)
    {
        StringBuilder text = new();
        Interpreter<double> interpreter = new(DoubleNumbers.Smooth);
        Value<double>[] weights = [.. program.LookReads.Select(i => Value<double>.From(program.Variables[i].Value, DoubleNumbers.Smooth))];
        int number = 0;
        foreach (ExamplePicture example in ExamplePicture.All(options))
        {
            Value<double>[] given = [.. program.Given(program.Look, example.Pixels, program.OneHot(0), program.Label(0)), .. weights];
            double[] probabilities = interpreter.Run(program.Look, [.. given])[2].Floats;
            int answer = Array.IndexOf(probabilities, probabilities.Max());
            string truth = example.Label >= 0 && example.Label < classes.Count ? classes[example.Label] : "?";
            string said = string.Create(CultureInfo.InvariantCulture, $"{classes[answer]}, {probabilities[answer] * 100:0.#} %");
            text.Append(CultureInfo.InvariantCulture, $"<li><button type=\"button\" class=\"example\" data-example=\"{number++}\" aria-label=\"Try a {Text(truth)}; the trained network answers {Text(said)}\">");
            text.Append(example.Svg(options)).Append(CultureInfo.InvariantCulture, $"<span class=\"said{(answer == example.Label ? "" : " wrong")}\"><b>{Text(classes[answer])}</b> {probabilities[answer] * 100:0.#} %{(answer == example.Label ? "" : $", is {Text(truth)}")}</span></button></li>\n");
        }

        return text.ToString();
    }

    private static string Text(string text)
    {
        StringBuilder escaped = new();
        Markup.Escape(escaped, text);
        return escaped.ToString();
    }

    internal static string Asset(string name)
    {
        using Stream stream = typeof(DrawSevenPage).Assembly.GetManifestResourceStream("Nabla.Explain.DrawSeven.Assets." + name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}

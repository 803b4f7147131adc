using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nabla.Explain;

/// <summary>Everything that the page's script reads, as JSON: variables with their bits, layers, pictures to try.</summary>
internal static class DrawSevenData
{
    // MNIST's digits fill a box of 20 of the 28 pixels, and lines are some two pixels wide; other pictures are filled as the 8x8 digits are.
    private const int MnistSide = 28;
    private const int MnistBox = 20;
    private const double MnistPen = 2.3;
    private const double FilledShare = 0.95;
    private const double FilledPen = 0.16;

    /// <summary>Writes the data; safe inside a script element.</summary>
    public static string Write(DrawSevenProgram program, Model model, DrawSevenOptions options, IReadOnlyList<string> classes)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default }))
        {
            Optimizer optimizer = model.Optimizer!;
            OptimizerState state = model.Compilation!.EnsureState();
            json.WriteStartObject();
            json.WriteString("optimizer", optimizer.ClassName);
            json.WriteString("rule", Rule(optimizer));
            json.WriteNumber("learningRate", optimizer.LearningRate);
            json.WriteBoolean("ratePlanned", optimizer.Schedule is not null);
            WriteStrings(json, "classes", classes);
            WritePicture(json, options);
            WriteVariables(json, program);
            json.WriteNumber("iteration", program.Variables.ToList().IndexOf(state.Iteration));
            WriteSlots(json, program, state);
            WriteNumbers(json, "lookReads", program.LookReads);
            WriteNumbers(json, "teachReads", program.TeachReads);
            WriteNumbers(json, "teachWrites", program.TeachWrites);
            json.WriteBoolean("classNumbers", program.TakesClassNumbers);
            json.WriteNumber("labelBase", program.LabelBase);
            WriteLayers(json, program);
            WriteExamples(json, options);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>The optimizer's rule in the words of its documentation; empty where it has options beyond it.</summary>
    private static string Rule(Optimizer optimizer)
    {
        bool isPlain = optimizer is { WeightDecay: null, ClipNorm: null, ClipValue: null, GlobalClipNorm: null, UseEma: false, GradientAccumulationSteps: null, LossScaleFactor: null };
        return optimizer switch
        {
            Adam { Amsgrad: false } adam when isPlain && adam.GetType() == typeof(Adam) => string.Create(
                CultureInfo.InvariantCulture,
                $"m ← m + (g − m)·(1 − {adam.Beta1});  v ← v + (g² − v)·(1 − {adam.Beta2});  w ← w − α·√(1 − {adam.Beta2}ᵗ)/(1 − {adam.Beta1}ᵗ) · m/(√v + {adam.Epsilon})"),
            SGD { Momentum: 0 } when isPlain => "w ← w − α·g",
            _ => "",
        };
    }

    private static void WritePicture(Utf8JsonWriter json, DrawSevenOptions options)
    {
        bool isMnist = options is { Height: MnistSide, Width: MnistSide };
        int side = Math.Min(options.Height, options.Width);
        json.WriteStartObject("picture");
        json.WriteNumber("height", options.Height);
        json.WriteNumber("width", options.Width);
        json.WriteNumber("max", options.MaxValue);
        json.WriteNumber("box", isMnist ? MnistBox : FilledShare * side);
        json.WriteNumber("pen", isMnist ? MnistPen : Math.Max(1, FilledPen * side));
        json.WriteBoolean("byMass", isMnist);
        json.WriteEndObject();
    }

    private static void WriteVariables(Utf8JsonWriter json, DrawSevenProgram program)
    {
        json.WriteStartArray("variables");
        foreach (Variable variable in program.Variables)
        {
            NDArray value = variable.Value;
            bool isSingle = value.DType == DType.Float32;
            json.WriteStartObject();
            json.WriteString("name", variable.Name);
            WriteNumbers(json, "dims", Enumerable.Range(0, value.Dims.Rank).Select(a => value.Dims[a].Size));
            json.WriteString("type", isSingle ? "float32" : "float64");
            json.WriteBase64String("bits", isSingle ? MemoryMarshal.AsBytes(value.AsSpan<float>()) : MemoryMarshal.AsBytes(value.AsType(DType.Float64).AsSpan<double>()));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // For each trained weight its variable and what the optimizer remembers of it.
    private static void WriteSlots(Utf8JsonWriter json, DrawSevenProgram program, OptimizerState state)
    {
        List<Variable> variables = [.. program.Variables];
        OptimizerState own = state.Inner ?? state;
        json.WriteStartArray("trained");
        for (int i = 0; i < program.Trained.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("variable", program.Trained[i]);
            json.WriteStartArray("slots");
            foreach (Variable slot in (own.Slots.Count > 0 ? own.Slots[i] : []).Concat(own.Averages.Skip(i).Take(1)).Concat(own.Accumulators.Skip(i).Take(1)))
            {
                if (variables.FindIndex(v => ReferenceEquals(v, slot)) is var place and >= 0)
                {
                    json.WriteStartObject();
                    json.WriteString("name", slot.Name[(slot.Name.LastIndexOf('/') + 1)..]);
                    json.WriteNumber("variable", place);
                    json.WriteEndObject();
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLayers(Utf8JsonWriter json, DrawSevenProgram program)
    {
        json.WriteStartArray("layers");
        foreach (DrawnLayer layer in program.Layers)
        {
            json.WriteStartObject();
            json.WriteString("name", layer.Name);
            json.WriteString("kind", layer.Kind);
            json.WriteString("activation", layer.Activation);
            json.WriteNumber("units", layer.Units);
            json.WriteNumber("output", layer.Output);
            foreach ((string name, int? place) in new[] { ("input", layer.Input), ("sums", layer.Sums), ("kernel", layer.Kernel), ("bias", layer.Bias) })
            {
                if (place is { } known)
                {
                    json.WriteNumber(name, known);
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteExamples(Utf8JsonWriter json, DrawSevenOptions options)
    {
        json.WriteStartArray("examples");
        foreach (ExamplePicture example in ExamplePicture.All(options))
        {
            json.WriteStartObject();
            json.WriteNumber("label", example.Label);
            json.WriteBase64String("bits", MemoryMarshal.AsBytes<float>(Array.ConvertAll(example.Pixels, p => (float)p)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<int> values)
    {
        json.WriteStartArray(name);
        foreach (int value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}

using Nabla.Core.Tests.Ops;

namespace Nabla.Core.Tests.OpProperties;

/// <summary>NaN, infinities, zeros of both signs, subnormals and the ends of the range: the plan gives what the interpreter over the same type gives.</summary>
public sealed class SpecialValueTests
{
    private static readonly float[] Specials =
    [
        float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, float.Epsilon, -float.Epsilon, 1e-40f, -1e-40f, 1.17549435e-38f,
        -1.17549435e-38f, 1e-20f, -1e-20f, 1e-4f, -1e-4f, 0.5f, -0.5f, 1f, -1f, 1.5f, -1.5f, 2f, -2f, 2.5f, -2.5f, 3f, 10f, -10f, 88f, -88f, 90f, -90f,
        104f, -104f, 1e4f, -1e4f, 8388608.5f, -8388608.5f, 1e20f, -1e20f, float.MaxValue, float.MinValue,
    ];

    public static TheoryData<string, string, bool> Elementwise()
    {
        TheoryData<string, string, bool> data = [];
        foreach (OpRow row in OpTable.Rows.Where(r => typeof(UnaryOp).IsAssignableFrom(r.Type) || typeof(BinaryOp).IsAssignableFrom(r.Type) || typeof(ComparisonOp).IsAssignableFrom(r.Type) || r.Type == typeof(IsFinite)))
        {
            data.Add(row.Name, "float32", true);
            data.Add(row.Name, "float32", false);
            data.Add(row.Name, "float64", true);
            data.Add(row.Name, "float64", false);
        }

        return data;
    }

    public static TheoryData<string, string, bool> Combining()
    {
        TheoryData<string, string, bool> data = [];
        foreach (string op in new[] { "sum", "mean", "reduce_max", "reduce_min", "cumsum", "argmax", "argsort", "matmul" })
        {
            data.Add(op, "float32", true);
            data.Add(op, "float32", false);
            data.Add(op, "float64", true);
            data.Add(op, "float64", false);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Elementwise))]
    public void Elementwise_ops_treat_special_values_as_the_interpreter_does(string op, string dtype, bool dynamicCode)
    {
        OpRow row = OpTable.Row(op);
        Op stated = row.Samples[0].Op(DTypeFacts.Parse(dtype));
        float[][] operands = row.Samples[0].Operands.Length == 1
            ? [Specials]
            : [[.. Specials.SelectMany(a => Specials.Select(_ => a))], [.. Specials.SelectMany(_ => Specials)]];
        Compare(stated, dtype, dynamicCode, [.. operands.Select(o => NDArray.From(o))]);
    }

    [Theory]
    [MemberData(nameof(Combining))]
    public void Combining_ops_treat_special_values_as_the_interpreter_does(string op, string dtype, bool dynamicCode)
    {
        // One special value, then two, among 17 harmless ones: in the vectors, in the rest after them, and at both ends.
        List<float[]> rows = [];
        foreach (float special in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f })
        {
            foreach (int place in new[] { 0, 3, 8, 15, 16 })
            {
                float[] row = [.. Enumerable.Range(0, 17).Select(i => (i * 7 % 17) - 8f)];
                row[place] = special;
                rows.Add([.. row]);
                row[(place + 9) % 17] = float.PositiveInfinity;
                rows.Add(row);
            }
        }

        NDArray x = NDArray.Create<float>([.. rows.SelectMany(r => r)], [rows.Count, 17]);
        switch (op)
        {
            case "sum":
                Compare(new Sum([1]), dtype, dynamicCode, x);
                break;
            case "mean":
                Compare(new Mean([1]), dtype, dynamicCode, x);
                break;
            case "reduce_max":
                Compare(new ReduceMax([1]), dtype, dynamicCode, x);
                break;
            case "reduce_min":
                Compare(new ReduceMin([1]), dtype, dynamicCode, x);
                break;
            case "cumsum":
                Compare(new CumSum(1, false, false), dtype, dynamicCode, x);
                break;
            case "argmax":
                Compare(new ArgMax(1), dtype, dynamicCode, x);
                break;
            case "argsort":
                Compare(new ArgSort(1), dtype, dynamicCode, x);
                break;
            default:
                // 0 · ∞ is NaN also where a whole row is 0: no product is skipped.
                Compare(new MatMul(false, true), dtype, dynamicCode, x, NDArray.Create<float>([.. new float[17], .. Enumerable.Repeat(1f, 17), .. Enumerable.Range(0, 17).Select(i => i - 8f)], [3, 17]));
                break;
        }
    }

    private static void Compare(Op op, string dtype, bool dynamicCode, params NDArray[] inputs)
    {
        DType type = DTypeFacts.Parse(dtype);
        inputs = [.. inputs.Select(a => a.AsType(type))];
        GraphBuilder builder = new();
        Tensor[] tensors = [.. inputs.Select((a, i) => builder.Input($"x{i}", a.Type))];
        Graph graph = new("special", tensors.Select(t => t.Node), [new GraphOutput("y", builder.Apply(op, tensors).Node)]);
        double[] expected = type == DType.Float32 ? Interpret(graph, FloatNumbers.Instance, inputs) : Interpret(graph, DoubleNumbers.Instance, inputs);
        double[] found = Executable.Compile(graph, new CompileOptions { DynamicCode = dynamicCode }).Run(inputs)[0].Doubles();
        List<string> wrong = [];
        for (int i = 0; i < expected.Length; i++)
        {
            if (!Same(expected[i], found[i], type, signOfZero: op is not (Maximum or Minimum)))
            {
                wrong.Add($"{op}({string.Join(", ", inputs.Select(a => a.Count == expected.Length ? $"{a.Doubles()[i]:R}" : ".."))}): expected {expected[i]:R}, received {found[i]:R}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {expected.Length}: {string.Join("; ", wrong.Take(8))}");
    }

    private static double[] Interpret<T>(Graph graph, NumberSystem<T> math, NDArray[] inputs) =>
        Numeric.Run(graph, math, [.. inputs.Select(a => Value<T>.From(a, math))])[0].ToArray(math).Doubles();

    // The sign of a zero is not promised where 0 and -0 tie for the larger or smaller: they are equal.
    // Otherwise the same kind of value and sign; finite ones within 8 units in the last place (4 of each side), subnormals included.
    private static bool Same(double expected, double found, DType type, bool signOfZero)
    {
        if (!double.IsFinite(expected) || !double.IsFinite(found))
        {
            return expected.Equals(found);
        }

        if (expected == 0 && found == 0)
        {
            return !signOfZero || double.IsNegative(expected) == double.IsNegative(found);
        }

        double unit = type == DType.Float32
            ? MathF.BitIncrement(MathF.Abs((float)expected)) - MathF.Abs((float)expected)
            : Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
        return Math.Abs(expected - found) <= 8 * unit;
    }
}

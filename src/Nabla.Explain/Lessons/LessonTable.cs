namespace Nabla.Explain;

/// <summary>The arithmetic in which a column of a lesson's table is computed.</summary>
/// <example><code>
/// Arithmetic kind = Lessons.Named("roundoff").Tables[0].Columns[0].Arithmetic;   // Exact
/// </code></example>
public enum Arithmetic
{
    /// <summary>Fractions, without any rounding.</summary>
    Exact,

    /// <summary>Double.</summary>
    Float64,

    /// <summary>Single, as networks are trained.</summary>
    Float32,
}

/// <summary>A column of a lesson's table: a formula, and how it is computed.</summary>
/// <param name="Header">What stands above it.</param>
/// <param name="Formula">As <see cref="FormulaParser"/> reads it.</param>
/// <param name="Arithmetic">The arithmetic.</param>
/// <example><code>
/// LessonColumn column = new("from logits", "max(z, 0) - z*y + log1p(exp(-abs(z)))", Arithmetic.Float64);
/// </code></example>
public sealed record LessonColumn(string Header, string Formula, Arithmetic Arithmetic = Arithmetic.Float64);

/// <summary>What a lesson shows beside its one step: a few formulas at a few values.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Variables">The names that change from row to row; all others keep the lesson's values.</param>
/// <param name="Rows">Their values.</param>
/// <param name="Columns">What is computed.</param>
/// <param name="Note">What to see in it.</param>
/// <example><code>
/// foreach (LessonTable table in Lessons.Named("logistic").Tables)
/// {
///     Console.WriteLine($"{table.Title}: {table.Compute(0, 1, [])}");
/// }
/// </code></example>
public sealed record LessonTable(string Title, IReadOnlyList<string> Variables, IReadOnlyList<IReadOnlyList<double>> Rows, IReadOnlyList<LessonColumn> Columns, string Note)
{
    /// <summary>One cell, computed by the interpreter over the column's numbers.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column.</param>
    /// <param name="known">Values of the names that do not change from row to row.</param>
    public double Compute(int row, int column, IReadOnlyList<(string Name, double Value)> known)
    {
        LessonColumn what = Columns[column];
        Graph graph = FormulaParser.Parse(what.Formula, dtype: what.Arithmetic == Arithmetic.Float32 ? DType.Float32 : DType.Float64);
        double[] at = [.. graph.Inputs.Select(i => ValueOf(((Leaf)i.Op).Label, row, known))];
        return what.Arithmetic switch
        {
            Arithmetic.Exact => Last(graph, RationalNumbers.Instance, at, Rational.FromDouble).ToDouble(),
            Arithmetic.Float32 => Last(graph, FloatNumbers.Instance, at, v => (float)v),
            _ => Last(graph, DoubleNumbers.Instance, at, v => v),
        };
    }

    private double ValueOf(string name, int row, IReadOnlyList<(string Name, double Value)> known)
    {
        int place = Variables.ToList().IndexOf(name);
        return place >= 0 ? Rows[row][place] : known.First(k => k.Name == name).Value;
    }

    private static T Last<T>(Graph graph, NumberSystem<T> math, double[] at, Func<double, T> convert) =>
        new Interpreter<T>(math).Run(graph, [.. graph.Inputs.Select((input, i) => Value<T>.OfFloats(input.TensorType, [convert(at[i])]))])[^1].Floats[0];
}

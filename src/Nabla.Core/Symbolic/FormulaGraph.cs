namespace Nabla;

/// <summary>Formulas written back into a graph: the inverse of rendering, for formulas of scalars.</summary>
internal static class FormulaGraph
{
    /// <summary>The value of a formula; null where it holds something that is not a scalar op.</summary>
    public static Tensor? Build(Formula formula, GraphBuilder builder)
    {
        Dictionary<Formula, Tensor> values = new(ReferenceEqualityComparer.Instance);
        Stack<(Formula Formula, bool Opened)> open = new([(formula, false)]);
        while (open.TryPop(out (Formula Formula, bool Opened) at))
        {
            if (values.ContainsKey(at.Formula))
            {
                continue;
            }

            if (!at.Opened)
            {
                open.Push((at.Formula, true));
                foreach (Formula part in FormulaTidy.Parts(at.Formula))
                {
                    open.Push((part, false));
                }
            }
            else if (Value(at.Formula, values, builder) is { } value)
            {
                values.Add(at.Formula, value);
            }
            else
            {
                return null;
            }
        }

        return values[formula];
    }

    private static Tensor? Value(Formula formula, Dictionary<Formula, Tensor> values, GraphBuilder builder) => formula switch
    {
        Formula.Symbol symbol => builder.Input(symbol.Name, Sheet.Scalar),
        Formula.Number number => builder.Constant(number.Value, DType.Float64),
        Formula.Prefix { Operator: "-" } minus => -values[minus.Operand],
        Formula.Prefix { Operator: "not" } not => values[not.Operand].Not(),
        Formula.Power power => values[power.Base].Pow(values[power.Exponent]),
        Formula.Infix infix => FormulaFunctions.Combine(infix.Operator, values[infix.Left], values[infix.Right]),
        Formula.Call call when FormulaFunctions.All.TryGetValue(call.Function, out FormulaFunctions.Function? function) =>
            function.Apply([.. call.Arguments.Select(a => values[a])]),
        _ => null,
    };
}

using System.Collections.Immutable;

namespace Nabla;

/// <summary>One step of a derivation: a part, the rule that its op is differentiated by, and what comes out.</summary>
/// <param name="Function">The part that is differentiated.</param>
/// <param name="Variable">The symbol it is differentiated by.</param>
/// <param name="Rule">The name of the rule, which the op itself gives: <c>product rule</c>.</param>
/// <param name="IsChain">Whether the chain rule goes with it: the op's input is more than the symbol itself.</param>
/// <param name="Law">The rule over parts u and v: <c>(u*v)' = v*u' + u*v'</c>.</param>
/// <param name="Locals">The op's own derivatives by the inputs that <paramref name="Parts"/> are the steps of, in order.</param>
/// <param name="Parts">The steps of the inputs; one that is used twice is the same step twice.</param>
/// <param name="Result">The derivative of <paramref name="Function"/>: <see cref="Sym.Diff(Expr, ReadOnlySpan{Expr})"/> of it, and the sum of local times part.</param>
/// <example><code>
/// DiffStep step = Sym.DiffSteps(Sym.Parse("sin(w^2)"));
/// Console.WriteLine($"{step.Rule}, chain: {step.IsChain}, {step.Law}");   // sine rule, chain: True, (sin(u))' = cos(u)*u'
/// Console.WriteLine($"{step.Parts[0].Rule}: {step.Parts[0].Result}");       // power rule: 2*w
/// Console.WriteLine(step.Result);                                           // 2*w*cos(w^2)
/// </code></example>
public sealed record DiffStep(
    Expr Function, Expr Variable, string Rule, bool IsChain, string Law, ImmutableArray<Expr> Locals, ImmutableArray<DiffStep> Parts, Expr Result)
{
    /// <summary>All steps, each once, from the outside in.</summary>
    public IEnumerable<(DiffStep Step, int Depth)> Walk()
    {
        HashSet<DiffStep> seen = new(ReferenceEqualityComparer.Instance);
        Stack<(DiffStep Step, int Depth)> open = new([(this, 0)]);
        while (open.TryPop(out (DiffStep Step, int Depth) at))
        {
            if (seen.Add(at.Step))
            {
                yield return at;
                foreach (DiffStep part in at.Step.Parts.Reverse())
                {
                    open.Push((part, at.Depth + 1));
                }
            }
        }
    }

    /// <summary>The rule's name, with the chain rule where that goes with it: <c>sine rule, chain rule</c>.</summary>
    public string RuleText => IsChain ? $"{Rule}, chain rule" : Rule;

    /// <summary>The step as an equation: <c>∂/∂w sin(w^2) = cos(w^2)*∂/∂w w^2 = 2*w*cos(w^2)</c>.</summary>
    /// <param name="notation">Which sign heads the derivatives.</param>
    public Formula ToFormula(Notation notation = Notation.AlwaysPartial)
    {
        Formula whole = Named(Function, notation);
        Formula result = Result.ToFormula();
        if (Parts.Length == 0 || Parts.All(p => p.Parts.Length == 0))
        {
            return new Formula.Infix("=", whole, result);
        }

        Formula? sum = null;
        for (int i = 0; i < Parts.Length; i++)
        {
            Formula local = Locals[i].ToFormula();
            Formula term = Parts[i].Function.Node.Op is Leaf ? local : new Formula.Infix("*", local, Named(Parts[i].Function, notation));
            sum = sum is null ? term : new Formula.Infix("+", sum, term);
        }

        return new Formula.Infix("=", new Formula.Infix("=", whole, FormulaTidy.Run(sum!)), result);
    }

    /// <summary>The whole derivation as text, a line a step, indented by how far inside it is.</summary>
    public override string ToString() => string.Join('\n', Walk().Select(at => $"{new string(' ', 2 * at.Depth)}{FormulaText.Print(at.Step.ToFormula())}   [{at.Step.RuleText}]"));

    /// <summary>Steps are equal if they are the same step.</summary>
    public bool Equals(DiffStep? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    private Formula.Derivative Named(Expr function, Notation notation) =>
        new(function.ToFormula(), [Variable.Name!], UnevaluatedDerivative.IsPartial(function, notation));
}

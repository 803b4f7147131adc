using System.Collections.Immutable;
using System.Globalization;

namespace Nabla;

/// <summary>One axis of a loop nest.</summary>
internal readonly record struct LoopAxis(LoopExpr.Variable Index, long Size);

/// <summary>
/// Makes as few and as long loops as the accesses allow: two neighbouring axes become one where every place steps over them as over one
/// row of memory. A contiguous elementwise kernel becomes one flat loop.
/// </summary>
internal sealed class LoopNest
{
    private readonly Dictionary<LoopExpr.Variable, (LoopExpr.Variable Index, long Factor)> _renamed = [];

    /// <summary>The axes that are left, segment by segment.</summary>
    public ImmutableArray<ImmutableArray<LoopAxis>> Segments { get; private init; } = [];

    /// <summary>Joins axes.</summary>
    /// <param name="segments">Axes from the outermost inwards; only neighbours in one segment are joined.</param>
    /// <param name="expressions">Every expression of the body.</param>
    public static LoopNest Collapse(IEnumerable<IEnumerable<LoopAxis>> segments, IEnumerable<LoopExpr> expressions)
    {
        HashSet<Affine> sums = [];
        foreach (LoopExpr expression in expressions)
        {
            CollectSums(expression, sums);
        }

        Dictionary<LoopExpr.Variable, (LoopExpr.Variable Index, long Factor)> renamed = [];
        var result = ImmutableArray.CreateBuilder<ImmutableArray<LoopAxis>>();
        int loops = 0;
        foreach (IEnumerable<LoopAxis> segment in segments)
        {
            List<List<LoopAxis>> runs = [];
            foreach (LoopAxis axis in segment)
            {
                if (runs.Count > 0 && sums.All(s => StepsAsOne(s, runs[^1][^1], axis)))
                {
                    runs[^1].Add(axis);
                }
                else
                {
                    runs.Add([axis]);
                }
            }

            var axes = ImmutableArray.CreateBuilder<LoopAxis>();
            foreach (List<LoopAxis> run in runs)
            {
                LoopExpr.Variable index = new(string.Create(CultureInfo.InvariantCulture, $"i{loops++}"), DType.Int64);
                axes.Add(new LoopAxis(index, run.Aggregate(1L, (n, a) => n * a.Size)));
                for (int k = 0; k < run.Count; k++)
                {
                    // Only the last axis of a run keeps its term; the others' multiples are what the longer index counts.
                    renamed[run[k].Index] = (index, k == run.Count - 1 ? 1 : 0);
                }
            }

            result.Add(axes.ToImmutable());
        }

        LoopNest nest = new() { Segments = result.ToImmutable() };
        foreach (var (from, to) in renamed)
        {
            nest._renamed.Add(from, to);
        }

        return nest;
    }

    private static bool StepsAsOne(Affine sum, LoopAxis outer, LoopAxis inner) =>
        sum.Coefficient(outer.Index) == sum.Coefficient(inner.Index) * inner.Size;

    /// <summary>The expression in terms of the axes that are left.</summary>
    public LoopExpr Rewrite(LoopExpr e)
    {
        if (!IsSum(e))
        {
            return ExprWalk.Rebuild(e, Rewrite);
        }

        return Affine.Of(e).Map((atom, coefficient) =>
            atom is LoopExpr.Variable v && _renamed.TryGetValue(v, out (LoopExpr.Variable Index, long Factor) to)
                ? to.Factor == 0 ? null : (to.Index, coefficient)
                : (ExprWalk.Rebuild(atom, Rewrite), coefficient)).ToExpression();
    }

    private static bool IsSum(LoopExpr e) => e.DType == DType.Int64
        && e is LoopExpr.Variable or LoopExpr.Binary { Function: BinaryFunction.Add or BinaryFunction.Subtract or BinaryFunction.Multiply };

    private static void CollectSums(LoopExpr e, HashSet<Affine> sums)
    {
        if (!IsSum(e))
        {
            foreach (LoopExpr child in ExprWalk.Children(e))
            {
                CollectSums(child, sums);
            }

            return;
        }

        Affine sum = Affine.Of(e);
        sums.Add(sum);
        foreach ((LoopExpr atom, _) in sum.Terms)
        {
            if (atom is not LoopExpr.Variable)
            {
                foreach (LoopExpr child in ExprWalk.Children(atom))
                {
                    CollectSums(child, sums);
                }
            }
        }
    }
}

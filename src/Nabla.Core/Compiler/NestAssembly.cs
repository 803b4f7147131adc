using System.Collections.Immutable;
using Nabla.Compiler.Emit;

namespace Nabla;

/// <summary>Puts named values, stores and sums into loops: each statement at the outermost loop that knows everything it reads.</summary>
internal sealed class NestAssembly
{
    private readonly LoopNest _nest;
    private readonly Dictionary<string, int> _depth = [];
    private readonly List<LoopStatement>[] _before;

    /// <summary>An assembly.</summary>
    /// <param name="nest">The loops.</param>
    /// <param name="outer">The loops around all passes.</param>
    public NestAssembly(LoopNest nest, ImmutableArray<LoopAxis> outer)
    {
        _nest = nest;
        Outer = outer;
        for (int i = 0; i < outer.Length; i++)
        {
            _depth[outer[i].Index.Name] = i + 1;
        }

        _before = [.. Enumerable.Range(0, outer.Length + 1).Select(_ => new List<LoopStatement>())];
    }

    public ImmutableArray<LoopAxis> Outer { get; }

    /// <summary>Adds statements to the body of the outer loops; those that depend on fewer loops go further out.</summary>
    public void AddRow(IEnumerable<LoopStatement> statements)
    {
        foreach (LoopStatement statement in statements)
        {
            LoopStatement rewritten = Rewrite(statement);
            _before[rewritten is LoopStatement.Let ? DepthOf(rewritten) : Outer.Length].Add(rewritten);
            Record(rewritten, rewritten is LoopStatement.Let ? DepthOf(rewritten) : Outer.Length);
        }
    }

    /// <summary>Adds a pass over inner loops.</summary>
    /// <param name="inner">The inner loops, outermost first.</param>
    /// <param name="statements">The innermost body.</param>
    /// <param name="range">The loop that is the kernel's range, and the variables between which it runs.</param>
    /// <returns>Whether the innermost loop is a vector loop.</returns>
    public bool AddPass(ImmutableArray<LoopAxis> inner, IEnumerable<LoopStatement> statements, (int Loop, LoopExpr Begin, LoopExpr End)? range = null)
    {
        int depth = Outer.Length + inner.Length;
        for (int i = 0; i < inner.Length; i++)
        {
            _depth[inner[i].Index.Name] = Outer.Length + i + 1;
        }

        List<LoopStatement>[] bodies = [.. Enumerable.Range(0, inner.Length + 1).Select(_ => new List<LoopStatement>())];
        foreach (LoopStatement statement in statements)
        {
            LoopStatement rewritten = Rewrite(statement);
            int at = rewritten is LoopStatement.Let ? DepthOf(rewritten) : depth;
            (at <= Outer.Length ? _before[at] : bodies[at - Outer.Length]).Add(rewritten);
            Record(rewritten, at);
        }

        bool vector = false;
        for (int i = inner.Length - 1; i >= 0; i--)
        {
            (LoopExpr begin, LoopExpr end) = range is { } given && given.Loop == i ? (given.Begin, given.End) : (LoopExpr.Index(0), LoopExpr.Index(inner[i].Size));
            LoopStatement.For loop = new(inner[i].Index, begin, end, Block(bodies[i + 1]), LoopKind.Sequential);
            if (i == inner.Length - 1 && VectorLoop.TryCreate(loop with { Kind = LoopKind.Vector }) is not null)
            {
                loop = loop with { Kind = LoopKind.Vector };
                vector = true;
            }

            bodies[i].Add(loop);
        }

        _before[Outer.Length].AddRange(bodies[0]);
        return vector;
    }

    /// <summary>The statements of the kernel.</summary>
    public LoopStatement Finish(LoopExpr begin, LoopExpr end)
    {
        for (int i = Outer.Length - 1; i >= 0; i--)
        {
            (LoopExpr from, LoopExpr to) = i == 0 ? (begin, end) : (LoopExpr.Index(0), LoopExpr.Index(Outer[i].Size));
            _before[i].Add(new LoopStatement.For(Outer[i].Index, from, to, Block(_before[i + 1]), LoopKind.Sequential));
        }

        return Block(_before[0]);
    }

    private static LoopStatement Block(List<LoopStatement> statements) => statements is [var only] ? only : new LoopStatement.Block([.. statements]);

    private void Record(LoopStatement statement, int depth)
    {
        if (statement is LoopStatement.Let let)
        {
            _depth[let.Name.Name] = depth;
        }
        else if (statement is LoopStatement.Declare declare)
        {
            _depth[declare.Name.Name] = depth;
        }
    }

    private int DepthOf(LoopStatement statement)
    {
        int depth = 0;
        ExprWalk.Any(((LoopStatement.Let)statement).Value, e =>
        {
            depth = e is LoopExpr.Variable v ? Math.Max(depth, _depth.GetValueOrDefault(v.Name)) : depth;
            return false;
        });
        return depth;
    }

    private LoopStatement Rewrite(LoopStatement statement) => statement switch
    {
        LoopStatement.Let x => x with { Value = _nest.Rewrite(x.Value) },
        LoopStatement.Declare x => x with { Initial = _nest.Rewrite(x.Initial) },
        LoopStatement.Accumulate x => x with { Value = _nest.Rewrite(x.Value) },
        LoopStatement.Store x => x with { Place = _nest.Rewrite(x.Place), Value = _nest.Rewrite(x.Value) },
        _ => throw new InvalidOperationException($"Compiler: no {statement.GetType().Name} in an elementwise body."),
    };

    /// <summary>The expressions of statements, for joining axes.</summary>
    public static IEnumerable<LoopExpr> Expressions(IEnumerable<LoopStatement> statements) => statements.SelectMany(s => s switch
    {
        LoopStatement.Let x => [x.Value],
        LoopStatement.Declare x => [x.Initial],
        LoopStatement.Accumulate x => [x.Value],
        LoopStatement.Store x => [x.Place, x.Value],
        _ => Array.Empty<LoopExpr>(),
    });
}

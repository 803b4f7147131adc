namespace Nabla.Compiler.Emit;

/// <summary>
/// Rewrites a kernel so that what does not change within a loop is computed before it: parts of expressions become a
/// <see cref="LoopStatement.Let"/> in front of the loop, from the innermost loop outwards.
/// </summary>
internal sealed class LoopHoisting
{
    private readonly HashSet<string> _taken;

    private LoopHoisting(HashSet<string> taken) => _taken = taken;

    /// <summary>The same kernel with invariant parts in front of their loops.</summary>
    public static LoopKernel Hoist(LoopKernel kernel)
    {
        var hoisting = new LoopHoisting([.. LoopWalk.Defined(kernel.Body), kernel.Begin.Name, kernel.End.Name]);
        return kernel with { Body = hoisting.Rewrite(kernel.Body) };
    }

    private LoopStatement Rewrite(LoopStatement s) => s switch
    {
        LoopStatement.Block x => new LoopStatement.Block([.. x.Statements.Select(Rewrite)]),
        LoopStatement.If x => x with { Then = Rewrite(x.Then) },
        LoopStatement.While x => x with { Body = Rewrite(x.Body) },
        LoopStatement.For x => HoistFrom(x with { Body = Rewrite(x.Body) }),
        _ => s,
    };

    private LoopStatement.Block HoistFrom(LoopStatement.For loop)
    {
        var lift = new Lift(loop, _taken);
        LoopStatement body = lift.Statement(loop.Body, always: true);
        LoopStatement.For rest = loop with { Body = body };
        if (lift.Guarded.Count == 0)
        {
            return new LoopStatement.Block([.. lift.Free, rest]);
        }

        // What loads is safe in front of the loop only where the loop runs at all.
        var guarded = new LoopStatement.Block([.. lift.Guarded, rest]);
        bool runs = loop is { Begin: LoopExpr.Number begin, End: LoopExpr.Number end } && begin.ToInteger() < end.ToInteger();
        return new LoopStatement.Block([.. lift.Free, runs ? guarded : new LoopStatement.If(LoopExpr.Compare(BinaryFunction.Less, loop.Begin, loop.End), guarded)]);
    }

    /// <summary>Takes what does not change out of one loop's body.</summary>
    private sealed class Lift
    {
        private readonly HashSet<string> _taken;
        private readonly HashSet<string> _changing;
        private readonly HashSet<int> _stored;
        private readonly bool _isVector;
        private readonly Dictionary<LoopExpr, LoopExpr.Variable> _names = [];

        public Lift(LoopStatement.For loop, HashSet<string> taken)
        {
            _taken = taken;
            _changing = [.. LoopWalk.Defined(loop.Body), loop.Index.Name];
            _stored = [.. LoopWalk.All(loop.Body).OfType<LoopStatement.Store>().Select(s => s.Buffer)];
            _isVector = loop.Kind == LoopKind.Vector;
        }

        /// <summary>What may be computed even where the loop does not run.</summary>
        public List<LoopStatement> Free { get; } = [];

        /// <summary>What may not.</summary>
        public List<LoopStatement> Guarded { get; } = [];

        public LoopStatement Statement(LoopStatement s, bool always) => s switch
        {
            LoopStatement.Block x => new LoopStatement.Block([.. x.Statements.Select(inner => Statement(inner, always))]),
            LoopStatement.If x => new LoopStatement.If(Expression(x.Condition, always), Statement(x.Then, always: false)),
            LoopStatement.While x => new LoopStatement.While(Expression(x.Condition, always: false), Statement(x.Body, always: false)),
            LoopStatement.For x => x with { Begin = Expression(x.Begin, always), End = Expression(x.End, always), Body = Statement(x.Body, always: false) },
            _ => LoopWalk.WithExpressions(s, e => Expression(e, always)),
        };

        private LoopExpr Expression(LoopExpr e, bool always)
        {
            if (e is LoopExpr.Number or LoopExpr.Variable)
            {
                return e;
            }

            if (_names.TryGetValue(e, out LoopExpr.Variable? known))
            {
                return known;
            }

            bool guarded = LoopWalk.IsGuarded(e);
            if (!LoopWalk.Reads(e, _changing) && (!guarded || (always && LoadsStay(e))))
            {
                LoopExpr.Variable name = new(LoopSharing.Fresh(_taken, "h"), e.DType);
                (guarded ? Guarded : Free).Add(new LoopStatement.Let(name, e));
                _names[e] = name;
                return name;
            }

            int operand = 0;
            int sure = e is LoopExpr.Select or LoopExpr.Binary { Function: BinaryFunction.And or BinaryFunction.Or } ? 1 : int.MaxValue;
            return LoopWalk.WithOperands(e, x => Expression(x, always && operand++ < sure));
        }

        // Iterations of a vector loop are independent, so another buffer in the same memory holds the same element at most; a sequential loop may
        // read what it wrote a moment ago under another name.
        private bool LoadsStay(LoopExpr e) =>
            _stored.Count == 0 || (_isVector && !LoopWalk.All(e).Any(x => x is LoopExpr.Load load && _stored.Contains(load.Buffer)));
    }
}

namespace Nabla;

/// <summary>Whether a loop may run in vectors: see <see cref="LoopKind.Vector"/> for the contract with the emitters.</summary>
internal static class VectorRules
{
    /// <summary>Checks a loop's body.</summary>
    /// <param name="index">The loop's index.</param>
    /// <param name="body">Its statements.</param>
    /// <param name="varies">Whether a named value changes inside the loop.</param>
    public static bool Allow(LoopExpr.Variable index, IEnumerable<LoopStatement> body, Func<LoopExpr.Variable, bool> varies)
    {
        DType? lanes = null;
        bool IsLane(DType dtype)
        {
            if (!dtype.IsFloat)
            {
                return false;
            }

            lanes ??= dtype;
            return lanes == dtype;
        }

        bool Varies(LoopExpr e) => ExprWalk.Any(e, x => x is LoopExpr.Variable v && (v.Equals(index) || varies(v)));

        bool Place(LoopExpr place, bool write)
        {
            Affine sum = Affine.Of(place);
            long step = sum.Coefficient(index);
            return (step == 1 || (step == 0 && !write)) && sum.Terms.All(t => t.Atom.Equals(index) || !Varies(t.Atom));
        }

        bool Value(LoopExpr e)
        {
            if (!Varies(e))
            {
                return true;
            }

            return e switch
            {
                LoopExpr.Variable v => !v.Equals(index) && (v.DType == DType.Boolean || IsLane(v.DType)),
                LoopExpr.Load x => IsLane(x.DType) && Place(x.Place, write: false),
                LoopExpr.Unary x => (x.DType == DType.Boolean || IsLane(x.DType)) && Value(x.Operand),
                LoopExpr.Binary x => (x.DType == DType.Boolean || IsLane(x.DType)) && Value(x.Left) && Value(x.Right),
                LoopExpr.Select x => IsLane(x.DType) && Value(x.Condition) && Value(x.WhenTrue) && Value(x.WhenFalse),
                _ => false,
            };
        }

        foreach (LoopStatement statement in body)
        {
            bool fits = statement switch
            {
                LoopStatement.Let x => Value(x.Value),
                LoopStatement.Store x => IsLane(x.Value.DType) && Place(x.Place, write: true) && Value(x.Value),
                LoopStatement.Accumulate x => IsLane(x.Value.DType) && Value(x.Value),
                _ => false,
            };
            if (!fits)
            {
                return false;
            }
        }

        return lanes is not null;
    }
}

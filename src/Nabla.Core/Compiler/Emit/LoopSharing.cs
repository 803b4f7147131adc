using System.Collections.Immutable;
using System.Globalization;

namespace Nabla.Compiler.Emit;

/// <summary>
/// Rewrites a kernel so that what a statement computes twice has a name: structurally equal parts of its expressions become a
/// <see cref="LoopStatement.Let"/> before it. Expressions that are graphs with shared parts become trees of the same size.
/// </summary>
internal sealed class LoopSharing
{
    private readonly HashSet<string> _taken;
    private readonly int _smallest;

    private LoopSharing(HashSet<string> taken, int smallest)
    {
        _taken = taken;
        _smallest = smallest;
    }

    /// <summary>The same kernel with shared parts named.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="smallest">How many different expressions a part must hold to be worth a name.</param>
    public static LoopKernel Share(LoopKernel kernel, int smallest = 2)
    {
        var sharing = new LoopSharing([.. LoopWalk.Defined(kernel.Body), kernel.Begin.Name, kernel.End.Name], smallest);
        return kernel with { Body = sharing.Rewrite(kernel.Body, inVector: false) };
    }

    /// <summary>A name that no other has: <paramref name="stem"/> and a number.</summary>
    public static string Fresh(HashSet<string> taken, string stem)
    {
        for (int i = 1; ; i++)
        {
            string name = stem + i.ToString(CultureInfo.InvariantCulture);
            if (taken.Add(name))
            {
                return name;
            }
        }
    }

    private LoopStatement Rewrite(LoopStatement s, bool inVector) => s switch
    {
        LoopStatement.Block x => new LoopStatement.Block([.. x.Statements.Select(inner => Rewrite(inner, inVector))]),
        LoopStatement.For x => x with { Body = Rewrite(x.Body, x.Kind == LoopKind.Vector) },
        LoopStatement.If x => ShareIn(x with { Then = Rewrite(x.Then, inVector) }, inVector),

        // The condition of a while is evaluated again each time: nothing of it can be named before.
        LoopStatement.While x => x with { Body = Rewrite(x.Body, inVector) },
        _ => ShareIn(s, inVector),
    };

    private LoopStatement ShareIn(LoopStatement s, bool inVector)
    {
        var table = new Table();
        foreach (LoopExpr root in LoopWalk.Expressions(s))
        {
            table.AddRoot(root);
        }

        List<LoopStatement> lets = [];
        var names = new Dictionary<int, LoopExpr.Variable>();
        foreach (int id in table.Shared(_smallest))
        {
            // In a vector loop whole numbers are places, which must keep the shape by which contiguous ones are known.
            LoopExpr value = table[id];
            if (!inVector || value.DType.IsFloat || value.DType == DType.Boolean)
            {
                LoopExpr.Variable name = new(Fresh(_taken, "t"), value.DType);
                lets.Add(new LoopStatement.Let(name, table.Rebuild(id, names)));
                names[id] = name;
            }
        }

        return lets.Count == 0 ? s : new LoopStatement.Block([.. lets, LoopWalk.WithExpressions(s, root => table.Rebuild(table.IdOf(root), names))]);
    }

    /// <summary>The different expressions of a statement, numbered so that operands come first.</summary>
    private sealed class Table
    {
        private readonly Dictionary<LoopExpr, int> _byReference = new(ReferenceEqualityComparer.Instance);

        // The key of an expression is the expression with stand-ins for its operands, so that comparing is never deep.
        private readonly Dictionary<LoopExpr, int> _byShape = [];
        private readonly List<LoopExpr> _expressions = [];
        private readonly List<ImmutableArray<int>> _operands = [];
        private readonly List<int> _uses = [];
        private readonly HashSet<int> _always = [];

        public LoopExpr this[int id] => _expressions[id];

        public int IdOf(LoopExpr e) => _byReference[e];

        public void AddRoot(LoopExpr root)
        {
            int id = Number(root);
            _uses[id]++;
            MarkAlways(id);
        }

        /// <summary>What is used more than once, operands first, where naming it before the statement evaluates nothing that the statement might not.</summary>
        public IEnumerable<int> Shared(int smallest) => Enumerable.Range(0, _expressions.Count).Where(id =>
            _uses[id] > 1
            && _operands[id].Length > 0
            && (_always.Contains(id) || !LoopWalk.IsGuarded(_expressions[id]))
            && (smallest <= 2 || LoopWalk.All(_expressions[id]).Count() >= smallest));

        /// <summary>The expression with names in the places of named parts.</summary>
        public LoopExpr Rebuild(int root, Dictionary<int, LoopExpr.Variable> names)
        {
            var done = new Dictionary<int, LoopExpr>();
            return Visit(root);

            LoopExpr Visit(int id)
            {
                if (names.TryGetValue(id, out LoopExpr.Variable? name))
                {
                    return name;
                }

                if (!done.TryGetValue(id, out LoopExpr? rebuilt))
                {
                    rebuilt = LoopWalk.WithOperands(_expressions[id], operand => Visit(_byReference[operand]));
                    done[id] = rebuilt;
                }

                return rebuilt;
            }
        }

        private int Number(LoopExpr e)
        {
            if (_byReference.TryGetValue(e, out int known))
            {
                return known;
            }

            ImmutableArray<int> operands = [.. LoopWalk.Operands(e).Select(Number)];
            LoopExpr shape = LoopWalk.WithOperands(e, operand => new LoopExpr.Variable("#" + _byReference[operand].ToString(CultureInfo.InvariantCulture), operand.DType));
            if (!_byShape.TryGetValue(shape, out int id))
            {
                id = _expressions.Count;
                _byShape[shape] = id;
                _expressions.Add(e);
                _operands.Add(operands);
                _uses.Add(0);
                foreach (int operand in operands)
                {
                    _uses[operand]++;
                }
            }

            _byReference[e] = id;
            return id;
        }

        private void MarkAlways(int root)
        {
            var open = new Stack<int>([root]);
            while (open.TryPop(out int id))
            {
                if (!_always.Add(id))
                {
                    continue;
                }

                // Of a choice only the condition is sure to be evaluated, of a conjunction or disjunction only the left side.
                int sure = _expressions[id] switch
                {
                    LoopExpr.Select or LoopExpr.Binary { Function: BinaryFunction.And or BinaryFunction.Or } => 1,
                    _ => _operands[id].Length,
                };
                foreach (int operand in _operands[id].AsSpan(0, sure))
                {
                    open.Push(operand);
                }
            }
        }
    }
}

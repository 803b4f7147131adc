namespace Nabla;

/// <summary>
/// One element of a tensor as a formula over elements: <c>z_ij</c> is <c>Σ_k x_ik W_kj + b_j</c>. Every op says itself where it reads, by the lowering that
/// compiles it; axes of size 1 carry no index.
/// </summary>
/// <param name="leafOf">The formula of an element of a leaf: its label, and the letters of its axes.</param>
internal sealed class IndexFormulas(Func<string, string, Formula> leafOf)
{
    // What a reading may hold; a value of more explains nothing.
    private const int MostParts = 400;
    private const int Deepest = 60;

    private static readonly string[] Letters = ["i", "j", "k", "l", "m", "n", "p", "q", "r", "s", "t", "u", "v"];

    private int _parts;

    /// <summary>The element of a value at letters for its axes in order; null where one of its ops reads in a way that letters cannot say.</summary>
    public Formula? Element(Node node)
    {
        string[] place = Place(node.TensorType.Dims);
        int letters = place.Count(l => l.Length > 0);
        return letters <= Letters.Length ? At(node, place, letters, 0) : null;
    }

    /// <summary>The letters of an element of a value, one for each axis that is longer than 1.</summary>
    public static string LettersOf(Node node) => string.Concat(Place(node.TensorType.Dims));

    private static string[] Place(Dims dims)
    {
        string[] place = new string[dims.Rank];
        for (int axis = 0, next = 0; axis < place.Length; axis++)
        {
            place[axis] = dims[axis].Size == 1 ? "" : Letters[next++ % Letters.Length];
        }

        return place;
    }

    private Formula? At(Node node, string[] place, int next, int depth)
    {
        if (++_parts > MostParts || depth > Deepest)
        {
            return null;
        }

        return node.Op is Leaf leaf ? leafOf(leaf.Label, string.Concat(place)) : node.Op.Lower switch
        {
            Lowering.Element element => Read(node, element, place, next, depth),
            Lowering.View => At(node.Inputs[0], Reshaped(node, place) ?? [], next, depth + 1),
            Lowering.Reduction reduction => Combined(node, reduction, place, next, depth),
            Lowering.Contraction product => Product(node, product, place, next, depth),
            _ => null,
        };
    }

    private Formula? Read(Node node, Lowering.Element element, string[] place, int next, int depth)
    {
        Probe probe = new(node, place);
        LoopExpr found = element.Expression(probe);
        if (found is LoopExpr.Convert { Operand: var counted })
        {
            found = counted;
        }

        if (found is LoopExpr.Variable index)
        {
            return new Formula.Symbol(index.Name);
        }

        Formula?[] inputs = [.. node.Inputs.Select((input, i) => probe.Places[i] is { } at && !probe.IsUnclear ? At(input, at, next, depth + 1) : null)];
        if (found is LoopExpr.Load { Buffer: var only })
        {
            return inputs[only];
        }

        return node.Inputs.Length > 0 && node.Op is not Ops.AxisSize && inputs.Any(f => f is null) ? null
            : node.Op is Ops.Multiply && node.Inputs[0] == node.Inputs[1] ? new Formula.Power(inputs[0]!, new Formula.Number(2))
            : node.Op.Render(new RenderContext(node, [.. inputs!]));
    }

    // Axes of size 1 come and go; others have to stay in order.
    private static string[]? Reshaped(Node node, string[] place)
    {
        Dims to = node.TensorType.Dims, from = node.Inputs[0].TensorType.Dims;
        int[] long1 = [.. Enumerable.Range(0, to.Rank).Where(i => to[i].Size != 1)];
        int[] long2 = [.. Enumerable.Range(0, from.Rank).Where(i => from[i].Size != 1)];
        if (!long1.Select(i => to[i].Size).SequenceEqual(long2.Select(i => from[i].Size)))
        {
            return null;
        }

        string[] read = new string[from.Rank];
        Array.Fill(read, "");
        for (int i = 0; i < long2.Length; i++)
        {
            read[long2[i]] = place[long1[i]];
        }

        return read;
    }

    private Formula? Combined(Node node, Lowering.Reduction reduction, string[] place, int next, int depth)
    {
        Dims dims = node.Inputs[0].TensorType.Dims;
        string[] read = new string[dims.Rank];
        string over = "";
        for (int axis = 0, kept = 0; axis < read.Length; axis++)
        {
            if (!reduction.Axes.Contains(axis))
            {
                read[axis] = place[kept++];
            }
            else if (dims[axis].Size == 1)
            {
                read[axis] = "";
            }
            else if (next < Letters.Length)
            {
                over += read[axis] = Letters[next++];
            }
            else
            {
                return null;
            }
        }

        if (At(node.Inputs[0], read, next, depth + 1) is not { } inner)
        {
            return null;
        }

        string? sign = reduction.Combine switch
        {
            BinaryFunction.Add => BigOperators.Sum,
            BinaryFunction.Maximum => BigOperators.Max,
            BinaryFunction.Minimum => BigOperators.Min,
            BinaryFunction.And => BigOperators.All,
            BinaryFunction.Or => BigOperators.Any,
            _ => null,
        };
        Formula? whole = over.Length == 0 ? inner : sign is null ? null : new Formula.Call(sign, [new Formula.Symbol(over), inner]);
        long count = Ops.AxisSize.Count(dims, reduction.Axes);
        return whole is not null && reduction.Finish is not null && count != 1
            ? new Formula.Infix("*", new Formula.Number(new Rational(1, count)), whole)
            : whole;
    }

    private Formula? Product(Node node, Lowering.Contraction product, string[] place, int next, int depth)
    {
        Dims dims = node.Inputs[0].TensorType.Dims;
        bool isLong = dims[product.TransposeLeft ? -2 : -1].Size != 1;
        if (isLong && next >= Letters.Length)
        {
            return null;
        }

        string k = isLong ? Letters[next++] : "";
        string[] left = [.. place[..^2], .. product.TransposeLeft ? (string[])[k, place[^2]] : [place[^2], k]];
        string[] right = [.. place[..^2], .. product.TransposeRight ? (string[])[place[^1], k] : [k, place[^1]]];
        if (At(node.Inputs[0], left, next, depth + 1) is not { } a || At(node.Inputs[1], right, next, depth + 1) is not { } b)
        {
            return null;
        }

        Formula factors = new Formula.Infix("*", a, b);
        return k.Length == 0 ? factors : new Formula.Call(BigOperators.Sum, [new Formula.Symbol(k), factors]);
    }

    // Listens to where an op's element reads its inputs.
    private sealed class Probe(Node node, string[] place) : ElementContext
    {
        public string[]?[] Places { get; } = new string[]?[node.Inputs.Length];

        public bool IsUnclear { get; private set; }

        public override IReadOnlyList<LoopExpr> Index { get; } =
            [.. place.Select(letter => letter.Length == 0 ? LoopExpr.Index(0) : new LoopExpr.Variable(letter, DType.Int64))];

        public override Node Node => node;

        public override LoopExpr Input(int input, params IReadOnlyList<LoopExpr> index)
        {
            Dims dims = node.Inputs[input].TensorType.Dims;
            string[] read = new string[index.Count];
            for (int i = 0; i < read.Length; i++)
            {
                read[i] = dims[i].Size == 1 ? "" : (index[i] as LoopExpr.Variable)?.Name ?? "";
                IsUnclear |= dims[i].Size != 1 && read[i].Length == 0;
            }

            IsUnclear |= Places[input] is { } before && !before.SequenceEqual(read);
            Places[input] = read;
            return new LoopExpr.Load(input, LoopExpr.Index(0), node.Inputs[input].TensorType.DType);
        }

        public override LoopExpr InputIf(LoopExpr condition, int input, IReadOnlyList<LoopExpr> index, LoopExpr otherwise, int? guarded = null)
        {
            IsUnclear = true;
            return otherwise;
        }
    }
}

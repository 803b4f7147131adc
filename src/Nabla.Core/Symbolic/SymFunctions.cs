namespace Nabla;

/// <content>The functions: each is the op of its name.</content>
public static partial class Sym
{
    /// <summary>A function over tensors, such as those of <see cref="Nn"/>, applied to an expression: <c>Apply(x => Nn.Gelu(x), z)</c>.</summary>
    /// <exception cref="ShapeException">The function makes something that is not a scalar.</exception>
    public static Expr Apply(Func<Tensor, Tensor> function, Expr x)
    {
        GraphBuilder builder = new(intern: true);
        Graph graph = x.ToGraph();
        Node[] inputs = [.. graph.Inputs.Select(n => builder.Add(n.Op))];
        return Expr.FromGraph(function(new Tensor(GraphCopy.Into(builder, graph, inputs)[graph.Outputs[0].Node])));
    }

    /// <summary>a to the power b.</summary>
    public static Expr Pow(Expr a, Expr b) => Of(a, b, (x, y) => x.Pow(y));

    /// <summary>The square root.</summary>
    public static Expr Sqrt(Expr x) => Of(x, t => t.Sqrt());

    /// <summary>e to the power x.</summary>
    public static Expr Exp(Expr x) => Of(x, t => t.Exp());

    /// <summary>e to the power x, less 1, accurate near 0.</summary>
    public static Expr Expm1(Expr x) => Of(x, t => t.Expm1());

    /// <summary>The natural logarithm.</summary>
    public static Expr Log(Expr x) => Of(x, t => t.Log());

    /// <summary>log(1 + x), accurate near 0.</summary>
    public static Expr Log1p(Expr x) => Of(x, t => t.Log1p());

    /// <summary>The sine of radians.</summary>
    public static Expr Sin(Expr x) => Of(x, t => t.Sin());

    /// <summary>The cosine of radians.</summary>
    public static Expr Cos(Expr x) => Of(x, t => t.Cos());

    /// <summary>The hyperbolic tangent.</summary>
    public static Expr Tanh(Expr x) => Of(x, t => t.Tanh());

    /// <summary>σ(x) = 1/(1 + e^-x); its derivative is σ(x)·(1 - σ(x)).</summary>
    public static Expr Sigmoid(Expr x) => Of(x, t => t.Sigmoid());

    /// <summary>log(1 + e^x), without overflow.</summary>
    public static Expr Softplus(Expr x) => Of(x, t => t.Softplus());

    /// <summary>The larger of x and 0; its derivative at 0 is 0.</summary>
    public static Expr Relu(Expr x) => Of(x, t => Nn.Relu(t));

    /// <summary>The error function.</summary>
    public static Expr Erf(Expr x) => Of(x, t => t.Erf());

    /// <summary>The absolute value; its derivative at 0 is 0.</summary>
    public static Expr Abs(Expr x) => Of(x, t => t.Abs());

    /// <summary>-1, 0 or 1.</summary>
    public static Expr Sign(Expr x) => Of(x, t => t.Sign());

    /// <summary>The largest whole number not above.</summary>
    public static Expr Floor(Expr x) => Of(x, t => t.Floor());

    /// <summary>The nearest whole number, ties to even.</summary>
    public static Expr Round(Expr x) => Of(x, t => t.Round());

    /// <summary>x held between two numbers; the derivative is 1 on the closed interval.</summary>
    public static Expr Clip(Expr x, Rational low, Rational high) => Of(x, t => t.Clip(low, high));

    /// <summary>The larger of two; a tie splits the derivative in half.</summary>
    public static Expr Max(Expr a, Expr b) => Of(a, b, (x, y) => x.Maximum(y));

    /// <summary>The smaller of two; a tie splits the derivative in half.</summary>
    public static Expr Min(Expr a, Expr b) => Of(a, b, (x, y) => x.Minimum(y));

    /// <summary>One of two expressions by a condition: <c>Where(x &lt; 0, -x, x)</c>.</summary>
    public static Expr Where(Expr condition, Expr whenTrue, Expr whenFalse) =>
        Sheet.Write(_ => Tensor.Select(new Tensor(condition.Node), new Tensor(whenTrue.Node), new Tensor(whenFalse.Node)));

    /// <summary>Whether two numbers are equal, as a condition. (<c>==</c> asks whether two expressions were written alike.)</summary>
    public static Expr Eq(Expr a, Expr b) => Expr.Combine("==", a, b);

    /// <summary>Whether x is neither NaN nor infinite, as a condition.</summary>
    public static Expr IsFinite(Expr x) => Of(x, t => t.IsFinite());

    private static Expr Of(Expr x, Func<Tensor, Tensor> function) => Sheet.Write(_ => function(new Tensor(x.Node)));

    private static Expr Of(Expr a, Expr b, Func<Tensor, Tensor, Tensor> function) => Sheet.Write(_ => function(new Tensor(a.Node), new Tensor(b.Node)));
}

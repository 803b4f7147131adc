using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// A function of tensors that can be evaluated and differentiated at values:
/// <c>var cost = Differentiable.Of((Tensor w, Tensor b) => 0.5 * (w * -2 + b - 2).Square()); var (value, gradients) = cost.ValueAndGradients(2, 8);</c>
/// </summary>
/// <remarks>
/// The function is traced once for each combination of argument types; the graphs made from it are compiled and kept. Safe for many threads.
/// A whole number given as an argument (<c>2</c>) counts as a floating one; whole-number arrays stay what they are and have no gradient.
/// </remarks>
/// <example><code>
/// var cost = Differentiable.Of((Tensor w, Tensor b) =&gt; 0.5 * (w * -2 + b - 2).Square());
/// Console.WriteLine(cost.ValueAndGradients(2, 8));   // 2.0, [-4.0, 2.0]
/// NDArray second = cost.Hessian(2, 8);   // [[4, -2], [-2, 1]]
/// </code></example>
public sealed class Differentiable
{
    private readonly Func<Tensor[], Tensor> _function;
    private readonly string[]? _names; // null: any number of arguments
    private readonly ConcurrentDictionary<(Derivative Kind, TupleType Types), Executable> _plans = new();

    private Differentiable(Func<Tensor[], Tensor> function, string[]? names)
    {
        _function = function;
        _names = names;
    }

    /// <summary>A function of one tensor.</summary>
    /// <param name="function">Called with symbolic handles, once for each type of argument.</param>
    /// <param name="expression">Filled in by the compiler: the names of the parameters are read from it.</param>
    public static Differentiable Of(Func<Tensor, Tensor> function, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        new(x => function(x[0]), LambdaNames.Of(expression, 1));

    /// <summary>A function of two tensors.</summary>
    /// <inheritdoc cref="Of(Func{Tensor, Tensor}, string)"/>
    public static Differentiable Of(Func<Tensor, Tensor, Tensor> function, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        new(x => function(x[0], x[1]), LambdaNames.Of(expression, 2));

    /// <summary>A function of three tensors.</summary>
    /// <inheritdoc cref="Of(Func{Tensor, Tensor}, string)"/>
    public static Differentiable Of(Func<Tensor, Tensor, Tensor, Tensor> function, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        new(x => function(x[0], x[1], x[2]), LambdaNames.Of(expression, 3));

    /// <summary>A function of four tensors.</summary>
    /// <inheritdoc cref="Of(Func{Tensor, Tensor}, string)"/>
    public static Differentiable Of(Func<Tensor, Tensor, Tensor, Tensor, Tensor> function, [CallerArgumentExpression(nameof(function))] string expression = "") =>
        new(x => function(x[0], x[1], x[2], x[3]), LambdaNames.Of(expression, 4));

    /// <summary>A function of any number of tensors.</summary>
    /// <param name="function">Called with symbolic handles, once for each combination of argument types.</param>
    public static Differentiable OfMany(Func<IReadOnlyList<Tensor>, Tensor> function) => new(x => function(x), null);

    /// <summary>The function's value.</summary>
    /// <param name="at">The arguments: numbers or arrays.</param>
    public NDArray Value(params ReadOnlySpan<NDArray> at) => Run(Derivative.None, Arguments(at), [])[0];

    /// <summary>The value of a scalar function and its gradient for each floating argument, of that argument's dims.</summary>
    /// <param name="at">The arguments: numbers or arrays.</param>
    /// <exception cref="ShapeException">The function's result is not a floating scalar.</exception>
    public ValueAndGradients ValueAndGradients(params ReadOnlySpan<NDArray> at)
    {
        NDArray[] results = Run(Derivative.Gradients, Arguments(at), []);
        return new(results[0], [.. results[1..]]);
    }

    /// <summary>The gradient of a scalar function for each floating argument.</summary>
    /// <inheritdoc cref="ValueAndGradients"/>
    public ImmutableArray<NDArray> Gradients(params ReadOnlySpan<NDArray> at) => ValueAndGradients(at).Gradients;

    /// <summary>The value, and the product of a cotangent with the Jacobian (VJP) for each floating argument.</summary>
    /// <param name="at">The arguments: numbers or arrays.</param>
    /// <param name="cotangent">Of the result's dims.</param>
    public ValueAndGradients VectorJacobianProduct(ReadOnlySpan<NDArray> at, NDArray cotangent)
    {
        NDArray[] arguments = Arguments(at);
        NDArray[] results = Run(Derivative.VectorJacobian, arguments, [cotangent.AsType(ResultType(arguments).DType)]);
        return new(results[0], [.. results[1..]]);
    }

    /// <summary>All first derivatives as a matrix: a row for each element of the result, a column for each element of each floating argument in order.</summary>
    /// <param name="at">The arguments: numbers or arrays.</param>
    public NDArray Jacobian(params ReadOnlySpan<NDArray> at)
    {
        NDArray[] arguments = Arguments(at);
        TensorType result = ResultType(arguments);
        int columns = arguments.Where(a => a.DType.IsFloat).Sum(a => a.Count);
        return Rows(result.Dims.Count, columns, result.DType, row => Run(Derivative.VectorJacobian, arguments, [OneHot(result, row)])[1..]);
    }

    /// <summary>All second derivatives of a scalar function as a matrix: a row and a column for each element of each floating argument in order.</summary>
    /// <param name="at">The arguments: numbers or arrays.</param>
    /// <remarks>One Hessian-vector product a row; use <see cref="HessianVectorProduct"/> where there are many elements.</remarks>
    public NDArray Hessian(params ReadOnlySpan<NDArray> at)
    {
        NDArray[] arguments = Arguments(at);
        NDArray[] floats = [.. arguments.Where(a => a.DType.IsFloat)];
        int[] starts = [0, .. floats.Select(a => a.Count)];
        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        return Rows(starts[^1], starts[^1], ResultType(arguments).DType, row => Run(
            Derivative.HessianVector, arguments, [.. floats.Select((a, i) => OneHot(a.Type, row - starts[i]))]));
    }

    /// <summary>The product of a scalar function's Hessian with a direction, without making the matrix: about the work of two gradients.</summary>
    /// <param name="at">The arguments: numbers or arrays.</param>
    /// <param name="direction">One for each floating argument, of its dims.</param>
    /// <returns>One for each floating argument.</returns>
    public ImmutableArray<NDArray> HessianVectorProduct(ReadOnlySpan<NDArray> at, ReadOnlySpan<NDArray> direction)
    {
        NDArray[] arguments = Arguments(at);
        DType[] types = [.. arguments.Where(a => a.DType.IsFloat).Select(a => a.DType)];
        if (direction.Length != types.Length)
        {
            throw new ArgumentException($"Differentiable: expected a direction of {types.Length} parts, one for each floating argument, received {direction.Length}.");
        }

        var parts = new NDArray[types.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = direction[i].AsType(types[i]);
        }

        return [.. Run(Derivative.HessianVector, arguments, parts)];
    }

    /// <summary>The function as a graph for arguments of given types; its one output is <c>value</c>.</summary>
    /// <param name="arguments">The types of the arguments.</param>
    public Graph Trace(params ReadOnlySpan<TensorType> arguments) => DerivativeGraphs.Make(Derivative.None, _function, Names(arguments.Length), [.. arguments]);

    /// <summary>The function and a derivative of it as one graph.</summary>
    internal Graph Trace(Derivative kind, params ReadOnlySpan<TensorType> arguments) => DerivativeGraphs.Make(kind, _function, Names(arguments.Length), [.. arguments]);

    /// <summary>The function and a derivative of it over any number type: exactly over rationals. The graph is traced anew.</summary>
    internal ImmutableArray<Value<T>> Evaluate<T>(NumberSystem<T> math, Derivative kind, params ReadOnlySpan<Value<T>> at)
    {
        var types = new TensorType[at.Length];
        for (int i = 0; i < at.Length; i++)
        {
            types[i] = at[i].TensorType;
        }

        return new Interpreter<T>(math).Run(Trace(kind, types), [.. at]);
    }

    private NDArray[] Run(Derivative kind, NDArray[] arguments, NDArray[] more) => Plan(kind, arguments).Run([.. arguments, .. more]);

    private TensorType ResultType(NDArray[] arguments) => Plan(Derivative.None, arguments).Graph.Outputs[0].Node.TensorType;

    private Executable Plan(Derivative kind, NDArray[] arguments) => _plans.GetOrAdd(
        (kind, new TupleType([.. arguments.Select(a => a.Type)])),
        static (key, self) => Executable.Compile(self.Trace(key.Kind, [.. key.Types.Items.Cast<TensorType>()])),
        this);

    // A whole number takes the floating type of the arguments beside it: double where there is none.
    internal NDArray[] Arguments(ReadOnlySpan<NDArray> at)
    {
        NDArray[] arguments = at.ToArray();
        Names(arguments.Length);
        DType dtype = arguments.FirstOrDefault(a => a.DType.IsFloat)?.DType ?? DType.Float64;
        return [.. arguments.Select(a => a is { Rank: 0, DType: DType.Int32 or DType.Int64 } ? a.AsType(dtype) : a)];
    }

    private string[] Names(int count) => _names is null
        ? LambdaNames.Of("", count)
        : _names.Length == count ? _names : throw new ArgumentException($"Differentiable: expected {_names.Length} arguments ({string.Join(", ", _names)}), received {count}.");

    // All zeros but for a 1 at a place; all zeros where the place lies in another argument.
    private static NDArray OneHot(TensorType type, int place)
    {
        var values = new double[type.Dims.Count];
        if (place >= 0 && place < values.Length)
        {
            values[place] = 1;
        }

        return NDArray.Wrap(values, type.Dims).AsType(type.DType);
    }

    private static NDArray Rows(int rows, int columns, DType dtype, Func<int, NDArray[]> row)
    {
        var matrix = new double[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            Span<double> target = matrix.AsSpan(i * columns, columns);
            foreach (NDArray part in row(i))
            {
                part.AsType(DType.Float64).AsSpan<double>().CopyTo(target);
                target = target[part.Count..];
            }
        }

        return NDArray.Wrap(matrix, [rows, columns]).AsType(dtype);
    }
}

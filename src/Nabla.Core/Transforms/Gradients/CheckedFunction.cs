using System.Collections.Immutable;

namespace Nabla;

/// <summary>
/// A graph whose floating outputs are weighted and added up to one number, with its gradients, ready to be evaluated at moved points over any number type.
/// </summary>
internal sealed class CheckedFunction
{
    private readonly Graph _value;
    private readonly Graph _gradients;
    private readonly Graph _products;
    private readonly NDArray[] _inputs;
    private readonly int[] _places; // of the floating inputs among all
    private readonly Tensor[] _weights;

    public CheckedFunction(Graph graph, NDArray[] inputs)
    {
        _inputs = inputs;
        _places = [.. Enumerable.Range(0, graph.Inputs.Length).Where(i => graph.Inputs[i].TensorType.DType.IsFloat)];
        GraphBuilder builder = new();
        Tensor[] arguments = [.. graph.Inputs.Select(n => new Tensor(builder.Add(n.Op)))];
        Dictionary<Node, Node> copies = GraphCopy.Into(builder, graph, [.. arguments.Select(a => a.Node)]);
        Tensor[] outputs = [.. graph.Outputs.Select(o => copies[o.Node]).Where(n => n.Type is TensorType { DType.IsFloat: true }).Select(n => new Tensor(n))];
        if (outputs.Length == 0 || _places.Length == 0)
        {
            throw new ArgumentException($"CheckGradients of '{graph.Name}': expected at least one floating input and one floating output.");
        }

        Floats = [.. _places.Select(p => arguments[p])];
        _weights = [.. outputs.Select((o, i) => builder.Input($"weight {i}", o.Type))];
        Tensor sum = builder.Constant(0, DType.Float64);
        for (int i = 0; i < outputs.Length; i++)
        {
            sum += (outputs[i] * _weights[i]).Sum().Cast(DType.Float64);
        }

        ImmutableArray<Tensor> gradients = Differentiate.Gradients(sum, Floats);
        Tensor[] directions = [.. Floats.Select((f, i) => builder.Input($"direction {i}", f.Type))];
        Tensor slope = builder.Constant(0, DType.Float64);
        for (int i = 0; i < Floats.Length; i++)
        {
            slope += (gradients[i] * directions[i]).Sum().Cast(DType.Float64);
        }

        SecondOrder = new Lazy<ImmutableArray<Tensor>>(() => Differentiate.Gradients(slope, Floats));
        _value = Make([.. arguments, .. _weights], [sum]);
        _gradients = Make([.. arguments, .. _weights], gradients);
        _products = Make([.. arguments, .. _weights, .. directions], [slope]);
        Directions = directions;
    }

    /// <summary>The floating inputs.</summary>
    public Tensor[] Floats { get; }

    /// <summary>The types of the weights of the outputs.</summary>
    public IEnumerable<TensorType> WeightTypes => _weights.Select(w => w.Type);

    private Tensor[] Directions { get; }

    private Lazy<ImmutableArray<Tensor>> SecondOrder { get; }

    /// <summary>The floating inputs' values.</summary>
    public double[][] Point => [.. _places.Select(p => _inputs[p].AsType(DType.Float64).AsSpan<double>().ToArray())];

    /// <summary>The weighted sum; values of stop_gradient are those that <paramref name="held"/> has.</summary>
    public T Value<T>(NumberSystem<T> math, T[][] point, T[][] weights, IReadOnlyDictionary<Node, Value<T>>? held = null) =>
        new Interpreter<T>(math).Trace(_value, Values(math, point, weights, []), held)[_value.Outputs[0].Node].Floats[0];

    /// <summary>The gradients of the weighted sum.</summary>
    public T[][] Gradients<T>(NumberSystem<T> math, T[][] point, T[][] weights) =>
        [.. new Interpreter<T>(math).Run(_gradients, Values(math, point, weights, [])).Select(v => v.Floats)];

    /// <summary>The products of the Hessian with a direction, by the pass run on its own result.</summary>
    public T[][] HessianProducts<T>(NumberSystem<T> math, T[][] point, T[][] weights, T[][] direction)
    {
        Graph graph = Make(_products.Inputs.Select(n => new Tensor(n)), SecondOrder.Value);
        return [.. new Interpreter<T>(math).Run(graph, Values(math, point, weights, direction)).Select(v => v.Floats)];
    }

    /// <summary>What stop_gradient nodes give at the point.</summary>
    public Dictionary<Node, Value<double>> Held(double[][] weights)
    {
        Dictionary<Node, Value<double>> values = new Interpreter<double>(DoubleNumbers.Smooth).Trace(_value, Values(DoubleNumbers.Smooth, Point, weights, []));
        return values.Where(v => v.Key.Op is StopGradient).ToDictionary();
    }

    private ImmutableArray<Value<T>> Values<T>(NumberSystem<T> math, T[][] point, T[][] weights, T[][] direction)
    {
        var values = ImmutableArray.CreateBuilder<Value<T>>();
        for (int i = 0; i < _inputs.Length; i++)
        {
            int place = Array.IndexOf(_places, i);
            values.Add(place < 0 ? Nabla.Value<T>.From(_inputs[i], math) : Nabla.Value<T>.OfFloats(Floats[place].Type, point[place]));
        }

        values.AddRange(weights.Select((w, i) => Nabla.Value<T>.OfFloats(_weights[i].Type, w)));
        values.AddRange(direction.Select((d, i) => Nabla.Value<T>.OfFloats(Directions[i].Type, d)));
        return values.ToImmutable();
    }

    private static Graph Make(IEnumerable<Tensor> inputs, IEnumerable<Tensor> outputs) =>
        new("check", inputs.Select(i => i.Node), outputs.Select((o, i) => new GraphOutput(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{i}"), o.Node)));
}

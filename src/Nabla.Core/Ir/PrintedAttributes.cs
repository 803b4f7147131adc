namespace Nabla;

/// <summary>The attributes of one printed op: their places in the text, read when the op asks for them by name and kind.</summary>
/// <param name="text">The whole text.</param>
/// <param name="op">The op's name.</param>
/// <param name="position">The op's place, for errors.</param>
/// <param name="values">Each attribute's place in the text, or the graph that was read there.</param>
internal sealed class PrintedAttributes(string text, string op, int position, Dictionary<string, PrintedAttributes.Printed> values) : AttributeReader
{
    private readonly HashSet<string> _asked = [];

    /// <summary>Where an attribute's value stands, and the graph if it is one.</summary>
    internal readonly record struct Printed(int Start, int End, Graph? Graph);

    /// <summary>Refuses attributes that the op did not ask for.</summary>
    public void ExpectAllRead()
    {
        foreach ((string name, Printed printed) in values)
        {
            if (!_asked.Contains(name))
            {
                throw Error($"'{op}' has no attribute '{name}'", printed.Start);
            }
        }
    }

    public override int Int(string name) => Read(name, at => at.Int());

    public override bool Bool(string name) => Read(name, at => at.Word() switch
    {
        "true" => true,
        "false" => false,
        var word => throw at.Error($"expected true or false, received '{word}'"),
    });

    public override string Text(string name) => Read(name, at => at.Quoted());

    public override Axes Axes(string name) => Read(name, TypeReader.ReadAxes);

    public override Dims Dims(string name) => Read(name, TypeReader.ReadDims);

    public override DType DType(string name) => Read(name, TypeReader.ReadDType);

    public override TensorType Tensor(string name) => Read(name, TypeReader.ReadTensor);

    public override Rational Rational(string name) => Read(name, at =>
    {
        int from = at.Position;
        string number = at.While(c => !char.IsWhiteSpace(c));
        try
        {
            return Nabla.Rational.Parse(number);
        }
        catch (FormatException e)
        {
            throw at.Error(e.Message, from, e);
        }
    });

    public override NDArray Array(string name) => Read(name, at =>
    {
        TensorType type = TypeReader.ReadTensor(at);
        at.Expect(":", "between an array's type and its bytes");
        int from = at.Position;
        string bytes = at.While(c => !char.IsWhiteSpace(c));
        try
        {
            return ArrayText.Read(type, bytes);
        }
        catch (FormatException e)
        {
            throw at.Error(e.Message, from, e);
        }
    });

    public override Graph Graph(string name) => Find(name) is { Graph: { } graph } ? graph : throw Error($"expected a graph as attribute '{name}'", Find(name).Start);

    private T Read<T>(string name, Func<TextCursor, T> read)
    {
        Printed printed = Find(name);
        TextCursor at = new(GraphParser.Who, text, printed.Start, printed.End);
        T value = read(at);
        return at.AtEnd ? value : throw at.Error($"expected the attribute '{name}' to end here, received {at.Found}");
    }

    private Printed Find(string name)
    {
        _asked.Add(name);
        return values.TryGetValue(name, out Printed printed) ? printed : throw Error($"expected an attribute '{name}' of '{op}'", position);
    }

    private ParseException Error(string what, int place) => ParseException.At(GraphParser.Who, what, text, place);
}

namespace Nabla.Core.Tests.Ir;

/// <summary>Attributes drawn at random, of whatever kind an op asks for: makes samples of every op without a list of them.</summary>
internal sealed class RandomAttributes(Random random) : AttributeReader
{
    private static readonly string[] Names = ["x", "w 1", "quote\"d", "back\\slash", "line\nend", "naïve ∂", "tab\tbed", "", "\ud83d\ude00"];

    // Lists of one op mostly have one length: one entry an axis.
    private readonly int _length = random.Next(4);

    public override int Int(string name) => random.Next(-1, 4);

    public override bool Bool(string name) => random.Next(2) == 0;

    public override string Text(string name) => Names[random.Next(Names.Length)] + random.Next(100);

    public override Axes Axes(string name) => random.Next(4) switch
    {
        0 => Nabla.Axes.Range(_length),
        1 => [.. Enumerable.Range(0, _length).OrderBy(_ => random.Next())],
        2 => [.. Enumerable.Range(0, _length).Select(_ => random.Next(0, 3))],
        _ => [.. Enumerable.Range(0, 3).Where(_ => random.Next(2) == 0)],
    };

    public override Dims Dims(string name)
    {
        string[] dims = ["batch", "time", "two words", "a=b", "x]", "7up", "été"];
        return [.. Enumerable.Range(0, random.Next(4)).Select(i => new Dim(random.Next(1, 4), random.Next(3) > 0 ? null : dims[random.Next(dims.Length)]))];
    }

    public override Rational Rational(string name) => random.Next(8) switch
    {
        0 => Nabla.Rational.NaN,
        1 => Nabla.Rational.PositiveInfinity,
        2 => Nabla.Rational.NegativeInfinity,
        3 => random.Next(-1000, 1000),
        4 => 1e-30,
        _ => new Rational(random.Next(-50, 50), random.Next(1, 50)),
    };

    public override DType DType(string name) => Enum.GetValues<DType>()[random.Next(Enum.GetValues<DType>().Length)];

    public override TensorType Tensor(string name) => new(DType(name), Dims(name));

    public override NDArray Array(string name)
    {
        NDArray array = NDArray.Zeros(DType(name), Dims(name));
        random.NextBytes(array.Bytes);
        return array;
    }

    public override Graph Graph(string name) => RandomOps.Make(random, nodes: 5);
}

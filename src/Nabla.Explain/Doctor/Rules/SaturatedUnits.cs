namespace Nabla.Explain;

/// <summary>Sigmoids and tanhs far out, where they are flat: a unit that is wrong there cannot learn it, because its own slope takes the gradient away.</summary>
internal sealed class SaturatedUnits() : DoctorRule("saturated-units", "L108")
{
    private const double Flat = 0.01;
    private const double HiddenShare = 0.9;
    private const double HiddenUnits = 0.5;
    private const double Wrong = 0.5;
    private const double WrongShare = 0.1;

    /// <inheritdoc/>
    public override string About => $"Sigmoids and tanhs whose slope is below {Numerals.Of(Flat)}: hidden ones in {Numerals.Percent(HiddenUnits)} of a layer for {Numerals.Percent(HiddenShare)} of the samples, or an output that is wrong by more than {Numerals.Of(Wrong)} as well. Behind a shortcut a hint.";

    protected override IEnumerable<Advice> Check(Examination seen) =>
        (seen.Last?.Gates ?? []).Where(g => g.Gate.Kind != GateKind.Relu).SelectMany(g => g.Gate.Output is { } output ? Output(seen, g, output) : Hidden(g));

    private static double Slope(GateNumbers gate, int place) =>
        gate.Gate.Kind == GateKind.Sigmoid ? gate.A[place] * (1 - gate.A[place]) : 1 - (gate.A[place] * gate.A[place]);

    private IEnumerable<Advice> Hidden(GateNumbers gate)
    {
        int[] flat = [.. Enumerable.Range(0, gate.Units).Where(u => gate.Share(u, i => Slope(gate, i) < Flat) > HiddenShare)];
        double share = (double)flat.Length / gate.Units;
        if (share < HiddenUnits)
        {
            yield break;
        }

        string kind = gate.Gate.Kind == GateKind.Sigmoid ? "sigmoid" : "tanh";
        int unit = flat[0];
        yield return Make(
            gate.Gate.IsBypassed ? AdviceLevel.Hint : AdviceLevel.Finding,
            $"In '{gate.Gate.Layer}' {flat.Length} of {gate.Units} {kind} units are saturated: their slope is below {Flat} for nearly every sample (unit {unit}: z = {Numerals.Brief(gate.Z[unit])}, a = {Numerals.Brief(gate.A[unit])}), so almost no gradient passes{(gate.Gate.IsBypassed ? " but by the shortcut around it" : "")}.",
            "Scale the features to about -1..1, draw smaller first weights, or take \"relu\".",
            ("saturated units", $"{flat.Length} of {gate.Units}: {Numerals.Percent(share)} (threshold: {Numerals.Percent(HiddenUnits)})"),
            ("a unit counts", $"where the slope is below {Flat} for more than {Numerals.Percent(HiddenShare)} of {gate.Rows} samples"));
    }

    // Cross-entropy's own derivative takes the sigmoid's slope out again (a - y): there a wrong unit learns fastest of all.
    private IEnumerable<Advice> Output(Examination seen, GateNumbers gate, int output)
    {
        Loss? loss = seen.Compilation?.Goals[output].Loss;
        if (loss is null or BinaryCrossentropy or BinaryFocalCrossentropy || seen.Probe?.Data.Y[output] is not { } labels || labels.Count != gate.A.Length)
        {
            yield break;
        }

        double[] y = labels.AsType(DType.Float64).AsSpan<double>().ToArray();
        for (int unit = 0; unit < gate.Units; unit++)
        {
            bool IsStuck(int i) => Slope(gate, i) < Flat && Math.Abs(gate.A[i] - y[i]) > Wrong;
            double share = gate.Share(unit, IsStuck);
            if (share < WrongShare)
            {
                continue;
            }

            int row = Enumerable.Range(0, gate.Rows).First(r => IsStuck((r * gate.Units) + unit));
            int place = (row * gate.Units) + unit;
            (double own, double crossEntropy) = Pulls(loss, gate, place, y[place]);
            string compared = gate.Gate.Kind == GateKind.Sigmoid
                ? $" {loss.ClassName} pulls z with {Numerals.Brief(own)}; BinaryCrossentropy from logits would with {Numerals.Brief(crossEntropy)}, {Numerals.Brief(crossEntropy / own)} times as much."
                : "";
            yield return Finding(
                $"Output {unit} of '{gate.Gate.Layer}' is saturated and wrong: a = {Numerals.Brief(gate.A[place])} where y = {Numerals.Brief(y[place])} (sample {seen.Probe.Rows[row]}, z = {Numerals.Brief(gate.Z[place])}), and its slope is {Numerals.Brief(Slope(gate, place))}. This is a plateau, not proof of a local minimum.{compared}",
                "Make the last layer linear and say BinaryCrossentropy(fromLogits: true), or draw other first weights with another seed.",
                ("saturated and wrong", $"{Numerals.Percent(share)} of {gate.Rows} samples (threshold: {Numerals.Percent(WrongShare)})"),
                ("slope", $"{Figures.Text(Slope(gate, place))} (threshold: below {Flat})"),
                ("|a - y|", $"{Figures.Text(Math.Abs(gate.A[place] - y[place]))} (threshold: above {Wrong})"),
                ("dJ/dz of this output and sample alone", Figures.Text(own)),
                ("the same with cross-entropy from logits", Figures.Text(crossEntropy)));
        }
    }

    // Two small graphs: this loss after the activation, and cross-entropy from the logit, of one output of one sample.
    private static (double Own, double CrossEntropy) Pulls(Loss loss, GateNumbers gate, int place, double label)
    {
        GraphBuilder builder = new();
        TensorType one = new(DType.Float64, [1, 1]);
        Tensor z = builder.Input("z", one);
        Tensor y = builder.Input("y", one);
        Tensor own = loss.Apply(y, gate.Gate.Kind == GateKind.Sigmoid ? z.Sigmoid() : z.Tanh());
        Tensor other = new BinaryCrossentropy(fromLogits: true).Apply(y, z);
        Graph graph = new(
            "pulls",
            [z.Node, y.Node],
            [new GraphOutput("own", Differentiate.Gradients(own, z)[0].Node), new GraphOutput("other", Differentiate.Gradients(other, z)[0].Node)]);
        System.Collections.Immutable.ImmutableArray<Value<double>> found =
            new Interpreter<double>(DoubleNumbers.Instance).Run(graph, [Value<double>.OfFloats(one, [gate.Z[place]]), Value<double>.OfFloats(one, [label])]);
        return (found[0].Floats[0], found[1].Floats[0]);
    }
}

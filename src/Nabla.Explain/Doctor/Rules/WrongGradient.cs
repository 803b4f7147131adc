using System.Collections.Immutable;

namespace Nabla.Explain;

/// <summary>A gradient that is not what nudging the weight says: somebody's own piece has a derivative that is not its function's.</summary>
internal sealed class WrongGradient() : DoctorRule("wrong-gradient", "L51")
{
    private const double Tolerance = 1e-3;
    private const int MostWeights = 16;
    private const int Samples = 4;

    // Products that the interpreter does in some seconds: of a large model fewer samples and fewer weights are nudged.
    private const long Budget = 50_000_000;
    private const int Backward = 3;
    private const int RunsOfNudge = 4;

    /// <inheritdoc/>
    public override string About => $"A gradient that differs from what nudging its weight says by more than {Numerals.Of(Tolerance)} of it, at up to {MostWeights} weights and {Samples} samples; fewer of a large model, and the finding says how many.";

    protected override IEnumerable<Advice> Check(Examination seen)
    {
        if (seen.Probe is not { } probe || seen.Compilation is not { } compilation || seen.Birth is not null)
        {
            yield break;
        }

        long weights = Math.Max(1, seen.Model.TrainableWeights.Sum(w => (long)w.Type.Dims.Count));
        int samples = Math.Min(probe.Data.Count, (int)Math.Clamp(Budget / (weights * (Backward + (RunsOfNudge * MostWeights))), 1, Samples));
        int nudged = (int)Math.Clamp(((Budget / (weights * samples)) - Backward) / RunsOfNudge, 1, MostWeights);
        TrainingData few = probe.Data[..samples];
        ModelRecording recording = ModelRecording.Of(seen.Model, compilation, few.Types.Batch(few.Count));
        Node[] stops = [.. TopologicalOrder.Of([recording.Loss]).Where(n => n.Op is StopGradient)];
        if (stops.Any(s => s.Source is null))
        {
            yield break; // a layer of ours that keeps gradients out on purpose
        }

        Nudger nudger = new(recording, few, seen.Model.Progress.Seed);
        (Variable Weight, int Place, double Gradient, double Nudged)[] wrong = [.. nudger.Wrong(nudged, Tolerance)];
        if (wrong.Length == 0)
        {
            yield break;
        }

        (Variable weight, int place, double gradient, double slope) = wrong.MaxBy(w => Math.Abs(w.Gradient - w.Nudged));
        string stop = stops.Length > 0 ? $" StopGradient at {stops[0].Source} keeps a part of it out; where that is meant (straight through), nothing is wrong." : "";
        yield return Finding(
            $"The gradient of '{weight.Name}' is not what nudging says: at {DataScan.Place(weight.Type.Dims, place)} the graph gives {Figures.Text(gradient)}, a nudge to both sides {Figures.Text(slope)}.{stop}",
            "Compare the pieces that you wrote yourself with Trace or CheckGradients, one at a time.",
            ("weights that disagree", $"{wrong.Length} of {nudger.Tried} that were nudged, chosen among {Numerals.Count(weights)}, for {samples} sample{(samples == 1 ? "" : "s")} (threshold: 0)"),
            ("a weight disagrees", $"where the difference is above {Numerals.Of(Tolerance)} of the larger, and two sizes of nudges agree"));
    }

    /// <summary>Moves single weights a little to both sides and sees what the loss does, in double.</summary>
    private sealed class Nudger
    {
        private const double Large = 1e-4;
        private const double Small = 1e-5;

        private readonly Interpreter<double> _interpreter = new(DoubleNumbers.Smooth);
        private readonly ModelRecording _recording;
        private readonly ImmutableArray<Value<double>> _inputs;
        private readonly Graph _loss;

        public Nudger(ModelRecording recording, TrainingData data, int seed)
        {
            _recording = recording;
            _inputs =
            [
                .. data.All.Select(a => Value<double>.From(a, DoubleNumbers.Smooth)),
                Value<double>.OfIntegers(TensorType.Scalar(DType.Int64), [seed]),
                .. recording.Reads.Select(v => Value<double>.From(v.Value, DoubleNumbers.Smooth)),
            ];
            _loss = new Graph("loss", recording.Graph.Inputs, [new GraphOutput("loss", recording.Loss)]);
        }

        public int Tried { get; private set; }

        public IEnumerable<(Variable Weight, int Place, double Gradient, double Nudged)> Wrong(int most, double tolerance)
        {
            Dictionary<Node, Value<double>> values = _interpreter.Trace(_recording.Graph, _inputs);
            int each = Math.Max(1, most / Math.Max(1, _recording.Gradients.Count));
            foreach ((Variable weight, Node node) in Spread(most))
            {
                double[] gradients = values[node].Floats;
                int steepest = Enumerable.Range(0, gradients.Length).MaxBy(i => Math.Abs(gradients[i]));
                foreach (int place in Enumerable.Range(0, Math.Min(each, gradients.Length)).Select(i => i * gradients.Length / each % gradients.Length).Prepend(steepest).Distinct().Take(each))
                {
                    Tried++;
                    (double coarse, double fine) = (Slope(weight, place, Large), Slope(weight, place, Small));
                    double scale = Math.Max(Math.Abs(gradients[place]), Math.Abs(fine));

                    // Two nudges that disagree stand on a kink, or below what double can tell apart.
                    bool isSure = Math.Abs(coarse - fine) <= tolerance * scale && scale > 1e-7 * Math.Max(1, Math.Abs(values[_recording.Loss].Floats[0]));
                    if (isSure && Math.Abs(gradients[place] - fine) > tolerance * scale)
                    {
                        yield return (weight, place, gradients[place], fine);
                    }
                }
            }
        }

        // Where there are more variables than nudges, some from the first to the last.
        private IEnumerable<(Variable Weight, Node Gradient)> Spread(int most)
        {
            int count = _recording.Gradients.Count;
            return count <= most ? _recording.Gradients : Enumerable.Range(0, most).Select(i => _recording.Gradients[most == 1 ? count - 1 : i * (count - 1) / (most - 1)]);
        }

        private double Slope(Variable weight, int place, double step)
        {
            int input = _recording.Given + _recording.Reads.ToList().IndexOf(weight);
            double size = step * Math.Max(1, Math.Abs(_inputs[input].Floats[place]));
            return (Loss(input, place, size) - Loss(input, place, -size)) / (2 * size);
        }

        private double Loss(int input, int place, double by)
        {
            double[] moved = (double[])_inputs[input].Floats.Clone();
            moved[place] += by;
            return _interpreter.Run(_loss, _inputs.SetItem(input, Value<double>.OfFloats(_inputs[input].TensorType, moved)))[0].Floats[0];
        }
    }
}

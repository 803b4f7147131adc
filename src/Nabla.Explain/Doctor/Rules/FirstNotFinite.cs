namespace Nabla.Explain;

/// <summary>Where the first NaN or infinity was born: not where it was noticed.</summary>
internal sealed class FirstNotFinite() : DoctorRule("not-finite", "L34")
{
    // Beyond this, numbers overflow because they grew, not because of one op.
    private const double Grown = 1e6;

    /// <inheritdoc/>
    public override string About => "The first NaN or infinity of a step: the op, the layer, the sample, the numbers that went in and the line of your code.";

    protected override IEnumerable<Advice> Check(Examination seen)
    {
        if (seen.Birth is not { } birth)
        {
            yield break;
        }

        BirthPlace place = birth.Place;
        string when = birth.Epoch is { } epoch ? $" in epoch {epoch}, step {birth.Step} of the training" : "";
        string where = birth.Phase switch
        {
            StepPhase.Data => $"The data hold a number that is not finite: {place.Text}",
            StepPhase.Weights => $"The weights are not finite already: {place.Text}",
            StepPhase.Forward => $"The first number that is not finite was born{when} on the way forward, in '{Layer(place)}': {place.Text}",
            StepPhase.Backward => $"The loss is finite, but its gradient is not{when}: on the way back, in '{Layer(place)}'{(place.DerivativeOf is { } op ? $", in the derivative of {op}" : "")}: {place.Text}",
            _ => $"Loss and gradients are finite, but the optimizer's step is not{when}: in '{Layer(place)}', {place.Text}",
        };
        string row = place.Row is { } sample ? $", for sample {sample}" : "";
        string turned = birth.TurnedNaN is { } nan ? $" It became NaN in '{Layer(nan)}': {nan.Text}{Line(nan)}." : "";
        List<(string, string)> evidence =
        [
            ("op", place.Op),
            ("layer", Layer(place)),
            ("part of the step", birth.Phase.ToString().ToLowerInvariant()),
            ("element", place.Index),
            ("sample", place.Row?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "all together"),
            ("values that went in", place.Inputs.Count == 0 ? "-" : string.Join(", ", place.Inputs.Select(Figures.Text))),
            ("your line", place.Source is { } source ? $"{source.File}:{source.Line}" : "not known"),
            ("largest weight", Figures.Text(birth.LargestWeight)),
            ("threshold", "every number finite"),
        ];
        yield return Finding($"{where}{row}{Line(place)}.{turned}", Suggestion(birth, seen), [.. evidence]);
    }

    private static string Layer(BirthPlace place) => place.Scope.Replace("/backward", "", StringComparison.Ordinal);

    private static string Line(BirthPlace place) => place.Source is { } source ? $" ({source})" : "";

    private static string Suggestion(Birth birth, Examination seen)
    {
        if (birth.Phase == StepPhase.Data)
        {
            return "Remove such rows, or fill in a value such as the column's mean.";
        }

        if (birth.Phase == StepPhase.Weights)
        {
            return "Load a saved model, or build a new one and fit it with this callback: it names the step that broke them.";
        }

        if (birth.LargestWeight > Grown)
        {
            string rate = seen.Course is { } course ? $" of {Numerals.Of(course.LearningRate)}" : "";
            return $"The weights have grown to {Numerals.Brief(birth.LargestWeight)}: the learning rate{rate} is too high. Take a much smaller one, and scale the features.";
        }

        return (birth.Place.DerivativeOf ?? birth.Place.Op) switch
        {
            "log" when birth.Phase == StepPhase.Forward => "Take the loss from logits (fromLogits: true), which needs no logarithm of a rounded probability, or keep the argument above 0: x.Maximum(1e-7).Log().",
            "sqrt" => birth.Phase == StepPhase.Backward ? "The slope of a root at 0 is infinite: add a little before it, (x + 1e-12).Sqrt()." : "Keep the argument at 0 or more: x.Maximum(0).Sqrt().",
            "log" => "The slope of a logarithm at 0 is infinite: keep its argument above 0, x.Maximum(1e-7).Log().",
            "divide" => "Keep the divisor away from 0: add a little to it, or choose with Tensor.Select before dividing, not after.",
            "power" => "A power with a fraction needs a base of 0 or more, and one with a negative exponent a base that is not 0.",
            "exp" or "expm1" => "Take the largest away before the exponential (Nn.Softmax, Nn.LogSoftmax and the losses from logits do), or scale what goes in.",
            _ => "Take a smaller learning rate, scale the features to about -1..1, or take the loss from logits.",
        };
    }
}

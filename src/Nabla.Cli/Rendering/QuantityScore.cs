namespace Nabla.Cli.Rendering;

/// <summary>How near predicted quantities come, in the data's own unit.</summary>
/// <param name="R2">The share of the spread that is explained: 1 is perfect, 0 no better than always answering the mean. The mean over several outputs.</param>
/// <param name="MeanAbsoluteError">How far off an answer is on average.</param>
/// <param name="MeanSquaredError">The average square of how far off.</param>
internal sealed record QuantityScore(double R2, double MeanAbsoluteError, double MeanSquaredError)
{
    /// <summary>Compares answers with the truth.</summary>
    /// <param name="truth">[samples, outputs].</param>
    /// <param name="answers">As many.</param>
    /// <param name="outputs">Quantities a sample.</param>
    public static QuantityScore Of(ReadOnlySpan<double> truth, ReadOnlySpan<double> answers, int outputs)
    {
        double r2 = 0;
        double absolute = 0;
        double squared = 0;
        int samples = truth.Length / outputs;
        for (int output = 0; output < outputs; output++)
        {
            double mean = 0;
            for (int row = 0; row < samples; row++)
            {
                mean += truth[row * outputs + output] / samples;
            }

            double spread = 0;
            double missed = 0;
            for (int row = 0; row < samples; row++)
            {
                int place = row * outputs + output;
                double error = answers[place] - truth[place];
                spread += (truth[place] - mean) * (truth[place] - mean);
                missed += error * error;
                absolute += Math.Abs(error);
            }

            r2 += (1 - missed / spread) / outputs;
            squared += missed;
        }

        return new QuantityScore(r2, absolute / truth.Length, squared / truth.Length);
    }
}

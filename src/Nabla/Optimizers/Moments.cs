namespace Nabla;

/// <summary>The running means of gradients and of their squares that Adam and its kin share.</summary>
internal static class Moments
{
    /// <summary>m + (g - m)(1 - β1) and v + (g² - v)(1 - β2), of a weight whose first slots are m and v.</summary>
    public static (Tensor Mean, Tensor Square) Next(WeightStep step, double beta1, double beta2) =>
        (step.Slots[0] + (step.Gradient - step.Slots[0]) * (1 - (Rational)beta1),
        step.Slots[1] + (step.Gradient.Square() - step.Slots[1]) * (1 - (Rational)beta2));

    /// <summary>
    /// α·√(1 - β2ᵗ) / (1 - β1ᵗ): the means start at 0 and are too small at first. In double whatever the weights' type, because 1 - 0.999 keeps
    /// only four digits in float32.
    /// </summary>
    public static Tensor Corrected(OptimizerStep step, double beta1, double beta2) =>
        step.LearningRate
        * (1 - step.Number.Like(beta2).Pow(step.Number)).Sqrt()
        / (1 - step.Number.Like(beta1).Pow(step.Number));
}

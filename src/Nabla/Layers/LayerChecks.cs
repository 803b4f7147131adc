namespace Nabla;

/// <summary>Checks of numbers that layers take.</summary>
internal static class LayerChecks
{
    extension(Layer layer)
    {
        /// <summary>The number, if it is 0 or more and finite.</summary>
        public double NotNegative(double value, string argument) => value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(argument, value, $"{layer.ClassName} '{layer.Name}': expected {argument} of 0 or more, received {LogText.Exact(value)}.");

        /// <summary>The number, if it is finite.</summary>
        public double Finite(double value, string argument) => double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(argument, value, $"{layer.ClassName} '{layer.Name}': expected a finite {argument}, received {LogText.Exact(value)}.");

        /// <summary>The number, if it is at least 1.</summary>
        public int Positive(int value, string argument, string advice) => value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(argument, value, $"{layer.ClassName} '{layer.Name}': expected {argument} of 1 or more, received {value}. {advice}");

        /// <summary>The number, if it is a share from 0 to 1.</summary>
        public double Rate(double value, bool oneToo, string argument = "rate") => value >= 0 && (oneToo ? value <= 1 : value < 1)
            ? value
            : throw new ArgumentOutOfRangeException(argument, value, $"{layer.ClassName} '{layer.Name}': expected a {argument} from 0 to {(oneToo ? "1" : "below 1")}, the share of values to drop, such as 0.5.");
    }
}

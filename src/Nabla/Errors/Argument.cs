namespace Nabla;

/// <summary>Checks of numbers that constructors share, with messages that say who, what was expected and what was received.</summary>
internal static class Argument
{
    /// <summary>A finite number of 0 or more.</summary>
    public static double NotNegative(string who, double value, string argument, string example) => double.IsFinite(value) && value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(argument, $"{who}: expected {argument} of 0 or more, such as {example}, received {LogText.Exact(value)}.");

    /// <summary>A finite number above 0.</summary>
    public static double Positive(string who, double value, string argument, string example) => double.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentOutOfRangeException(argument, $"{who}: expected {argument} above 0, such as {example}, received {LogText.Exact(value)}.");

    /// <summary>A number that is neither NaN nor infinite.</summary>
    public static double Finite(string who, double value, string argument) => double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(argument, $"{who}: expected a finite {argument}, received {LogText.Exact(value)}.");

    /// <summary>A number from 0 to 1.</summary>
    public static double Share(string who, double value, string argument, string example) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(argument, $"{who}: expected {argument} from 0 to 1, such as {example}, received {LogText.Exact(value)}.");
}

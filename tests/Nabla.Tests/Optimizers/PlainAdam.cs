namespace Nabla.Tests.Optimizers;

/// <summary>Adam on one weight in plain C#, from the paper's formulas in Keras' form: knows nothing of graphs.</summary>
internal sealed class PlainAdam(double rate, double weight)
{
    private double _m;
    private double _v;
    private int _t;

    public double Weight { get; set; } = weight;

    public double Rate { get; set; } = rate;

    public void Step(double gradient)
    {
        _t++;
        _m = 0.9 * _m + 0.1 * gradient;
        _v = 0.999 * _v + 0.001 * gradient * gradient;
        Weight -= Rate * Math.Sqrt(1 - Math.Pow(0.999, _t)) / (1 - Math.Pow(0.9, _t)) * _m / (Math.Sqrt(_v) + 1e-7);
    }
}

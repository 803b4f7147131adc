using System.Text.Json;

namespace Nabla.Tests.Regularizers;

/// <summary>Penalties and constraints: Keras' values, names and configurations.</summary>
public sealed class RegularizerTests
{
    public static TheoryData<string> Penalties => Goldens.Cases("regularizers", c => c.TryGetProperty("regularizer", out _));

    public static TheoryData<string> Rules => Goldens.Cases("regularizers", c => c.TryGetProperty("constraint", out _));

    [Theory]
    [MemberData(nameof(Penalties))]
    public void Penalties_and_gradients_are_those_of_Keras(string name)
    {
        Goldens goldens = Goldens.Area("regularizers");
        Regularizer penalty = KerasConfigs.Made(goldens[name], "regularizer", RegularizerTable.ByClass);
        NDArray w = goldens.Array(name, "w");
        Goldens.Close(goldens.Array(name, "value"), penalty.Call(w));
        Goldens.Close(goldens.Array(name, "dw"), OnValues.Run(t => Differentiate.Gradients(penalty.Apply(t[0]), t[0])[0], w));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Constrained_values_are_those_of_Keras(string name)
    {
        Goldens goldens = Goldens.Area("regularizers");
        Constraint rule = KerasConfigs.Made(goldens[name], "constraint", ConstraintTable.ByClass);
        Goldens.Close(goldens.Array(name, "value"), rule.Call(goldens.Array(name, "w")));
    }

    // The README's tolerances for float32: 2e-5 of a value and 2e-6 of the largest.
    [Theory]
    [MemberData(nameof(Penalties))]
    public void Penalties_hold_in_float32(string name)
    {
        Goldens goldens = Goldens.Area("regularizers");
        Regularizer penalty = KerasConfigs.Made(goldens[name], "regularizer", RegularizerTable.ByClass);
        NDArray value = penalty.Call(goldens.Array(name, "w").AsType(DType.Float32));
        Assert.Equal(DType.Float32, value.DType);
        Goldens.Close(goldens.Array(name, "value"), value, 2e-5, 0);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Constraints_hold_in_float32(string name)
    {
        Goldens goldens = Goldens.Area("regularizers");
        Constraint rule = KerasConfigs.Made(goldens[name], "constraint", ConstraintTable.ByClass);
        NDArray expected = goldens.Array(name, "value");
        NDArray value = rule.Call(goldens.Array(name, "w").AsType(DType.Float32));
        Assert.Equal(DType.Float32, value.DType);
        Goldens.Close(expected, value, 2e-5, 2e-6 * expected.ToArray<double>().Max(Math.Abs));
    }

    [Theory]
    [MemberData(nameof(Penalties))]
    public void A_penalty_is_written_as_it_was_read(string name)
    {
        JsonElement stored = Goldens.Area("regularizers")[name];
        Regularizer penalty = KerasConfigs.Made(stored, "regularizer", RegularizerTable.ByClass);
        Regularizer again = KerasConfigs.WrittenReader(c => c.Regularizer("r", penalty)).Regularizer("r")!;
        Assert.Equal(KerasConfigs.Written(penalty.WriteConfig), KerasConfigs.Written(again.WriteConfig));
        JsonElement written = JsonDocument.Parse(KerasConfigs.Written(again.WriteConfig)).RootElement;
        Assert.All(stored.GetProperty("args").EnumerateObject(), a => Assert.True(JsonElement.DeepEquals(a.Value, written.GetProperty(a.Name)), a.Name));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_constraint_is_written_as_it_was_read(string name)
    {
        JsonElement stored = Goldens.Area("regularizers")[name];
        Constraint rule = KerasConfigs.Made(stored, "constraint", ConstraintTable.ByClass);
        Constraint again = KerasConfigs.WrittenReader(c => c.Constraint("c", rule)).Constraint("c")!;
        Assert.Equal(KerasConfigs.Written(rule.WriteConfig), KerasConfigs.Written(again.WriteConfig));
        JsonElement written = JsonDocument.Parse(KerasConfigs.Written(again.WriteConfig)).RootElement;
        Assert.All(stored.GetProperty("args").EnumerateObject(), a => Assert.True(JsonElement.DeepEquals(a.Value, written.GetProperty(a.Name)), a.Name));
    }

    [Fact]
    public void None_is_written_as_null_and_read_as_none()
    {
        Assert.Null(KerasConfigs.WrittenReader(c => c.Regularizer("r", null)).Regularizer("r"));
        Assert.Null(KerasConfigs.WrittenReader(c => c.Constraint("c", null)).Constraint("c"));
        Assert.Null(KerasConfigs.WrittenReader(c => c.Null("other")).Constraint("c"));
    }

    [Theory]
    [InlineData("l1", 0.05)]
    [InlineData("l2", 0.13)]
    [InlineData("L2", 0.13)]
    [InlineData("l1_l2", 0)]
    public void Names_stand_for_the_defaults_of_Keras(string name, double expected)
    {
        Regularizer penalty = name;
        Assert.Equal(expected, penalty.Call(new[] { 2.0, -3.0 }).Item<double>(), 1e-15);
        Assert.Equal(expected, KerasConfigs.WrittenReader(c => c.Text("r", name)).Regularizer("r")!.Call(new[] { 2, -3 }).AsType(DType.Float64).Item<double>(), 1e-8);
    }

    [Theory]
    [InlineData("non_neg", 6.0, 0)]
    [InlineData("max_norm", 1.2, -1.6)]
    [InlineData("unit_norm", 0.6, -0.8)]
    [InlineData("min_max_norm", 0.6, -0.8)]
    public void Names_of_constraints_stand_for_the_defaults_of_Keras(string name, double first, double second)
    {
        Constraint rule = name;
        double[] kept = rule.Call(new[] { 6.0, -8.0 }).ToArray<double>();
        Assert.Equal(first, kept[0], 1e-7); // Keras' 1e-7 under the quotient
        Assert.Equal(second, kept[1], 1e-7);
    }

    [Fact]
    public void Lengths_are_taken_over_several_axes_together() =>
        Assert.Equal(1, new UnitNorm([0, 1]).Call(NDArray.Ones(DType.Float64, [3, 4, 1])).ToArray<double>().Sum(v => v * v), 1e-6);

    [Fact]
    public void A_row_of_zeros_has_a_finite_gradient()
    {
        NDArray w = new[,] { { 0.0, 0.0 }, { 1.0, 2.0 } };
        NDArray gradient = OnValues.Run(t => Differentiate.Gradients(new OrthogonalRegularizer().Apply(t[0]), t[0])[0], w);
        Assert.All(gradient.ToArray<double>(), g => Assert.True(double.IsFinite(g)));
    }

    [Fact]
    public void A_class_of_one_s_own_says_the_penalty() => Assert.Equal(5, new Largest().Call(new[] { 2.0, 5.0 }).Item<double>());

    private sealed class Largest : Regularizer
    {
        public override Tensor Apply(Tensor weight) => weight.Max();
    }
}

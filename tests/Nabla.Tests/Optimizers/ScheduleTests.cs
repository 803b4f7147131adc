using System.Text.Json;

namespace Nabla.Tests.Optimizers;

/// <summary>Learning rates over the steps: Keras' values and configurations.</summary>
public sealed class ScheduleTests
{
    public static TheoryData<string> Cases => Goldens.Cases("schedules", _ => true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rates_are_those_of_Keras(string name)
    {
        Goldens goldens = Goldens.Area("schedules");
        LearningRateSchedule schedule = KerasConfigs.Made(goldens[name], "schedule", ScheduleTable.ByClass);
        double[] steps = goldens.Array(name, "steps").AsType(DType.Float64).ToArray<double>();
        double[] values = goldens.Array(name, "values").ToArray<double>();
        Assert.All(steps.Zip(values), pair => Goldens.Close(pair.Second, schedule.Call(pair.First)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_schedule_is_written_as_it_was_read(string name)
    {
        JsonElement stored = Goldens.Area("schedules")[name];
        LearningRateSchedule schedule = KerasConfigs.Made(stored, "schedule", ScheduleTable.ByClass);
        LearningRateSchedule again = KerasConfigs.WrittenReader(c => c.Schedule("learning_rate", schedule)).Schedule("learning_rate")!;
        Assert.Equal(KerasConfigs.Written(schedule.WriteConfig), KerasConfigs.Written(again.WriteConfig));
        JsonElement written = JsonDocument.Parse(KerasConfigs.Written(again.WriteConfig)).RootElement;
        Assert.All(stored.GetProperty("args").EnumerateObject(), a => Assert.Equal(Numbers(a.Value), Numbers(written.GetProperty(a.Name))));
    }

    [Fact]
    public void A_plain_number_is_no_schedule() => Assert.Null(KerasConfigs.WrittenReader(c => c.Number("learning_rate", 0.1)).Schedule("learning_rate"));

    [Fact]
    public void A_boundary_still_belongs_to_the_value_before()
    {
        PiecewiseConstantDecay schedule = new([10, 50], [1, 0.5, 0.1]);
        Assert.Equal([1, 1, 0.5, 0.5, 0.1], new double[] { 0, 10, 11, 50, 51 }.Select(schedule.Call));
    }

    // Cycle i begins at 10·(tMul^i - 1)/(tMul - 1): these factors and the sums of their powers are exact in binary, so the beginnings are.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1.5)]
    public void Every_restart_begins_on_its_step_at_full_height(double tMul)
    {
        CosineDecayRestarts schedule = new(0.1, 8, tMul);
        double begin = 0;
        for (int cycle = 0; cycle < 12; cycle++)
        {
            Assert.Equal(0.1, schedule.Call(begin), 1e-12);
            begin += 8 * Math.Pow(tMul, cycle);
            Assert.True(schedule.Call(begin * (1 - 1e-9)) < 1e-8, $"before {begin}");
        }
    }

    [Fact]
    public void Warm_up_rises_and_then_falls()
    {
        CosineDecay schedule = new(0, 100, warmupTarget: 1, warmupSteps: 10);
        Assert.Equal([0, 0.5, 1, 0.5, 0, 0], new double[] { 0, 5, 10, 60, 110, 500 }.Select(s => Math.Round(schedule.Call(s), 12)));
    }

    [Fact]
    public void A_class_of_one_s_own_says_the_rate() => Assert.Equal(0.25, new Halves().Call(4));

    [Fact]
    public void The_step_may_be_a_whole_number_and_the_rate_is_float64() =>
        Assert.Equal(DType.Float64, OnValues.Run(t => new ExponentialDecay(0.1, 10, 0.5).Apply(t[0]), (NDArray)3L).DType);

    private static double[] Numbers(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().Select(v => v.GetDouble())],
        JsonValueKind.Number => [value.GetDouble()],
        _ => [value.GetBoolean() ? 1 : 0],
    };

    private sealed class Halves : LearningRateSchedule
    {
        public override Tensor Rate(Tensor step) => 1 / step;
    }
}

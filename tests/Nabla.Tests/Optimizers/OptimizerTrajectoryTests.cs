namespace Nabla.Tests.Optimizers;

/// <summary>The numbers that Keras' own tests assert: five steps from ones, and the small checks of single steps, decay, clipping and averages.</summary>
public sealed class OptimizerTrajectoryTests
{
    private static readonly Dictionary<string, (Func<Optimizer> Make, double[] First, double[] Last)> Trajectories = new()
    {
        ["SGD, Nesterov"] = (() => new SGD(nesterov: true), [0.9999, 0.9989, 0.9979, 0.9969, 0.9959], [0.9999, 0.9899, 0.9799, 0.9699, 0.9599]),
        ["Adam, AMSGrad"] = (() => new Adam(amsgrad: true), [0.999, 0.9982, 0.9974, 0.9965, 0.9955], [0.999, 0.9982, 0.9974, 0.9965, 0.9955]),
        ["AdamW"] = (() => new AdamW(1.0, weightDecay: 0.5, epsilon: 2), [0.4998, 0.2486, 0.1223, 0.0586, 0.0263], [0.4998, 0.2382, 0.1003, 0.0258, -0.0159]),
        ["RMSprop, centered"] = (() => new RMSprop(centered: true), [0.9967, 0.9933, 0.9908, 0.9885, 0.9864], [0.9967, 0.9933, 0.9908, 0.9885, 0.9864]),
        ["Nadam"] = (() => new Nadam(0.5, beta1: 0.5, beta2: 0.67, epsilon: 1e-5), [0.4281, -0.1738, -0.7115, -1.2335, -1.7492], [0.4281, -0.1717, -0.7084, -1.2299, -1.7454]),
        ["Adamax"] = (() => new Adamax(0.2, beta1: 0.85, beta2: 0.95, epsilon: 1e-6), [0.8, 0.6827, 0.5333, 0.368, 0.1933], [0.8, 0.691, 0.5466, 0.3848, 0.2126]),
        ["Adagrad"] = (() => new Adagrad(0.2, initialAccumulatorValue: 0.3, epsilon: 1e-6), [0.9963, 0.9604, 0.9251, 0.8903, 0.856], [0.9963, 0.8209, 0.6891, 0.579, 0.4825]),
        ["Adadelta"] = (() => new Adadelta(1, rho: 0.8, epsilon: 1e-6), [0.9978, 0.9947, 0.9915, 0.9882, 0.9849], [0.9978, 0.9947, 0.9915, 0.9882, 0.9849]),
        ["Adafactor"] = (() => new Adafactor(0.5, beta2Decay: -0.65, epsilon1: 1e-15, epsilon2: 1e-4, clipThreshold: 0.9, relativeStep: false), [0.55, 0.3031, 0.1671, 0.0923, 0.0554], [0.55, 0.3024, 0.1663, 0.0914, 0.0545]),
        ["Ftrl"] = (
            () => new Ftrl(0.05, learningRatePower: -0.2, initialAccumulatorValue: 0.4, l1RegularizationStrength: 0.05, l2RegularizationStrength: 0.15, l2ShrinkageRegularizationStrength: 0.01, beta: 0.3),
            [0, -0.0034, -0.0078, -0.0121, -0.0164], [0, -0.0354, -0.0685, -0.0999, -0.1299]),
        ["Lamb"] = (() => new Lamb(), [0.999, 0.9982, 0.9974, 0.9965, 0.9955], [0.999, 0.9982, 0.9974, 0.9965, 0.9955]),
        ["Lion"] = (() => new Lion(), [0.999, 0.998, 0.997, 0.996, 0.995], [0.999, 0.998, 0.997, 0.996, 0.995]),
    };

    private static readonly Dictionary<string, (Func<Optimizer> Make, double[] After)> Steps = new()
    {
        ["SGD"] = (() => new SGD(0.5), [0.5, -1, -0.5, 3]),
        ["Adam"] = (() => new Adam(0.5), [0.5, 1.5, 2.5, 3.5]),
        ["AdamW"] = (() => new AdamW(0.5), [0.498, 1.496, 2.494, 3.492]),
        ["RMSprop"] = (() => new RMSprop(0.5), [-0.5811, 0.4189, 1.4189, 2.4189]),
        ["Lamb"] = (() => new Lamb(0.5), [-0.3693, 0.6306, 1.6306, 2.6306]),
    };

    public static TheoryData<string> Trajectory => [.. Trajectories.Keys];

    public static TheoryData<string> Step => [.. Steps.Keys];

    [Theory]
    [MemberData(nameof(Trajectory))]
    public void Five_steps_from_ones_are_those_of_Keras_tests(string name)
    {
        (Func<Optimizer> make, double[] first, double[] last) = Trajectories[name];
        OptimizerRun run = new(make(), Enumerable.Repeat(1.0, 10).ToArray());
        for (int step = 0; step < 5; step++)
        {
            run.Step(step == 0 ? Enumerable.Repeat(0.01, 10).ToArray() : Enumerable.Range(1, 10).Select(i => 0.1 * i).ToArray());
            double[] w = run.Values[0].ToArray<double>();

            // Keras' tests' own tolerance, of which half is relative.
            Assert.Equal(first[step], w[0], 5e-4 + 5e-4 * Math.Abs(first[step]));
            Assert.Equal(last[step], w[9], 5e-4 + 5e-4 * Math.Abs(last[step]));
        }
    }

    [Theory]
    [MemberData(nameof(Step))]
    public void One_step_is_that_of_Keras_tests(string name)
    {
        OptimizerRun run = new(Steps[name].Make(), new double[] { 1, 2, 3, 4 });
        run.Step(new double[] { 1, 6, 7, 2 });
        foreach ((double expected, double actual) in Steps[name].After.Zip(run.Values[0].ToArray<double>()))
        {
            Assert.Equal(expected, actual, 1e-4);
        }
    }

    [Fact]
    public void Weight_decay_spares_the_excluded()
    {
        Adam optimizer = new(1, weightDecay: 0.004);
        OptimizerRun run = new(optimizer, 2.0, 2.0, 2.0);
        optimizer.ExcludeFromWeightDecay([run.Variables[1]], ["2$"]);
        for (int i = 0; i < 3; i++)
        {
            run.Step(0.0, 0.0, 0.0);
        }

        Assert.Equal(1.9760959, run.Values[0].Item<double>(), 1e-7);
        Assert.Equal(2, run.Values[1].Item<double>());
        Assert.Equal(2, run.Values[2].Item<double>());
    }

    [Fact]
    public void Gradients_are_clipped_by_length_or_by_element()
    {
        Assert.Equal([-0.7071, -0.7071], One(new SGD(1, clipNorm: 1)));
        Assert.Equal([-1.0, -1.0], One(new SGD(1, clipValue: 1)));
        Assert.Equal([-0.7071, -0.7071], One(new SGD(1, globalClipNorm: 1)));

        static double[] One(Optimizer optimizer)
        {
            OptimizerRun run = new(optimizer, new double[] { 0, 0 });
            run.Step(new double[] { 100, 100 });
            return [.. run.Values[0].ToArray<double>().Select(v => Math.Round(v, 4))];
        }
    }

    [Fact]
    public void An_average_starts_at_the_first_weights_and_takes_their_place_at_the_end()
    {
        SGD optimizer = new(1, useEma: true, emaMomentum: 0.9);
        OptimizerRun run = new(optimizer, 5.0);
        run.Step(1.0);
        double w1 = run.Values[0].Item<double>();
        Assert.Equal(w1, optimizer.Variables[1].Value.Item<double>());
        run.Step(1.0);
        double w2 = run.Values[0].Item<double>();
        Assert.Equal(0.9 * w1 + 0.1 * w2, optimizer.Variables[1].Value.Item<double>(), 1e-15);
        optimizer.FinalizeVariableValues();
        Assert.Equal(0.9 * w1 + 0.1 * w2, run.Values[0].Item<double>(), 1e-15);
    }
}

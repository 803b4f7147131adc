using System.IO.Compression;
using System.Text;

namespace Nabla.Explain.Tests.Training;

/// <summary>The film of a training: what it holds, what it costs, and that it disturbs nothing.</summary>
public sealed class GlassBoxTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nabla-film-").FullName;

    private string FilmPath => Path.Combine(_folder, "run.glass");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A small model on two moons' worth of points, filmed.</summary>
    internal static (Sequential Model, NDArray X, NDArray Y) Points(int seed = 1)
    {
        Random random = new(5);
        double[] x = [.. Enumerable.Range(0, 80).Select(_ => (random.NextDouble() * 4) - 2)];
        int[] y = [.. Enumerable.Range(0, 40).Select(i => x[2 * i] * x[(2 * i) + 1] > 0 ? 1 : 0)];
        Sequential model = new([new InputLayer(2), new Dense(6, "tanh"), new Dropout(0.2), new Dense(2)], name: "quadrants", seed: seed);
        model.Compile(new Adam(0.02), new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"], verbose: 0);
        return (model, NDArray.From(x).Reshape(40, 2), NDArray.From(y));
    }

    [Fact]
    public void Recording_changes_no_bit_of_the_training()
    {
        (Sequential filmed, NDArray x, NDArray y) = Points();
        (Sequential plain, _, _) = Points();
        filmed.Fit(x, y, batchSize: 8, epochs: 3, verbose: 0, callbacks: [new GlassBox(FilmPath)]);
        plain.Fit(x, y, batchSize: 8, epochs: 3, verbose: 0);
        Assert.All(filmed.GetWeights().Zip(plain.GetWeights()), p => Assert.Equal(p.Second.ToArray<float>(), p.First.ToArray<float>()));
    }

    [Fact]
    public void Snapshots_are_the_weights_of_the_run_and_rewinding_restores_the_first_bit_for_bit()
    {
        (Sequential model, NDArray x, NDArray y) = Points();
        float[][] first = [.. model.GetWeights().Select(w => w.ToArray<float>())];
        List<float[]> seen = [first[0]];
        GlassBox film = new(FilmPath);
        model.Fit(x, y, batchSize: 8, epochs: 2, verbose: 0, callbacks: [film, new LambdaCallback(onTrainBatchEnd: (_, _) => seen.Add(model.GetWeights()[0].ToArray<float>()))]);
        GlassBoxRecord run = GlassBoxRecord.Load(FilmPath);
        Assert.Equal(Enumerable.Range(0, 11).Select(i => (long)i), run.Snapshots.Select(s => s.Iteration));
        Assert.All(Enumerable.Range(0, 11), i => Assert.Equal(seen[i], run.Weight(i, 0).ToArray<float>()));
        Assert.Equal(["W^[1]", "b^[1]", "W^[2]", "b^[2]"], run.Parameters.Select(p => p.Name));
        Assert.Equal([1, 2], run.Epochs.Select(e => e.Epoch));
        Assert.Contains("accuracy", run.Epochs[0].Logs.Keys);

        run.Restore(model);
        Assert.All(model.GetWeights().Zip(first), p => Assert.Equal(p.Second, p.First.ToArray<float>()));
    }

    [Fact]
    public void Loss_and_gradients_are_those_of_a_replay_in_double()
    {
        (Sequential model, NDArray x, NDArray y) = Points();
        GlassBox film = new(FilmPath, rows: [3, 1, 4]);
        model.Fit(x, y, batchSize: 40, epochs: 4, verbose: 0, callbacks: [film]);
        film.Record.Restore(model, 2);
        Trace trace = model.Explain(x, y, rows: [3, 1, 4], training: false);
        GlassBoxSnapshot snapshot = film.Record.Snapshots[2];

        // float32 against double over some dozens of terms below 1.
        Assert.Equal(trace.Result.Values[0], snapshot.Loss, 1e-5);
        float[] gradient = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(snapshot.Gradients[0].Span).ToArray();
        Assert.All(gradient.Zip(trace["W^[1]"].Gradient!), p => Assert.Equal(p.Second, p.First, 1e-5));
    }

    [Fact]
    [Trait("Lesson", "L40")]
    [Trait("Lesson", "L42")]
    public void Every_number_has_an_effective_rate_of_its_own()
    {
        Sequential model = new([new InputLayer(10), new Dense(1)]);
        model.Compile(new Adam(0.001), "mse", verbose: 0);
        GlassBox film = new(FilmPath);
        Random random = new(3);
        NDArray x = NDArray.From([.. Enumerable.Range(0, 40).Select(_ => random.NextDouble())]).Reshape(4, 10);
        model.Fit(x, NDArray.From(new[] { 1.0, 2, 3, 4 }), batchSize: 4, epochs: 1, verbose: 0, callbacks: [film]);
        GlassBoxSnapshot first = film.Record.Snapshots[0];
        float[] rates = [.. first.Rates.SelectMany(r => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(r.Span).ToArray())];
        float[] gradients = [.. first.Gradients.SelectMany(r => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(r.Span).ToArray())];
        Assert.Equal(11, rates.Length);

        // Adam's first step is its rate whatever the gradient; the weight's own rounding to float32, 2^-24, is 6e-5 of a step of 0.001.
        Assert.All(rates.Zip(gradients), p => Assert.Equal(0.001, p.First * Math.Abs(p.Second), 1.5e-4 * 0.001));
    }

    [Theory]
    [InlineData(4_700, 4)]
    [InlineData(20_000, 1)]
    [InlineData(100_000, 1)]
    public void The_budget_holds_and_the_beginning_and_the_end_stay(long budget, int every)
    {
        (Sequential model, NDArray x, NDArray y) = Points();
        GlassBox film = new(FilmPath, budget * 5, every);
        model.Fit(x, y, batchSize: 8, epochs: 9, verbose: 0, callbacks: [film]);
        GlassBoxRecord run = film.Record;
        long bytes = run.Snapshots.Sum(s => s.Weights.Concat(s.Gradients).Concat(s.Rates).Append(s.Boundary).Sum(b => (long)b.Length));
        Assert.InRange(bytes, 1, budget * 5);
        Assert.Equal(0, run.Snapshots[0].Iteration);
        Assert.Equal(45, run.Snapshots[^1].Iteration);
        long[] gaps = [.. run.Snapshots.Zip(run.Snapshots.Skip(1), (a, b) => b.Iteration - a.Iteration).SkipLast(1).Distinct()];
        Assert.Single(gaps);
    }

    [Fact]
    public void A_budget_for_less_than_four_snapshots_is_refused()
    {
        (Sequential model, NDArray x, NDArray y) = Points();
        string message = Assert.Throws<ArgumentException>(() => model.Fit(x, y, verbose: 0, callbacks: [new GlassBox(FilmPath, budget: 1000)])).Message;
        Assert.Contains("expected a budget for 4 snapshots of this model", message, StringComparison.Ordinal);
        Assert.Contains("received 1,000. Give more.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_in_the_place_of_the_record_is_refused() =>
        Assert.Contains("where the page will stand. Say run.glass.", Assert.Throws<ArgumentException>(() => new GlassBox("run.html")).Message, StringComparison.Ordinal);

    [Fact]
    public void Rows_that_are_not_there_are_named()
    {
        (Sequential model, NDArray x, NDArray y) = Points();
        Assert.Contains("expected rows from 0 to 39, received 40", Assert.Throws<ArgumentException>(() => model.Fit(x, y, verbose: 0, callbacks: [new GlassBox(FilmPath, rows: [40])])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_record_of_another_model_is_not_restored()
    {
        (Sequential model, NDArray x, NDArray y) = Points();
        GlassBox film = new(FilmPath);
        model.Fit(x, y, epochs: 1, verbose: 0, callbacks: [film]);
        Sequential other = new([new InputLayer(2), new Dense(1)]);
        Assert.Contains("Restore the model that was filmed", Assert.Throws<ArgumentException>(() => film.Record.Restore(other)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not a record")]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"version":9,"title":"a","convention":"b","optimizer":"c","seed":1,"rows":[],"parameters":[],"snapshots":[]}""")]
    [InlineData("""{"version":1,"title":"a","convention":"b","optimizer":"c","seed":1,"rows":[],"parameters":[],"snapshots":[]}""")]
    [InlineData("""{"version":1,"title":"a","convention":"b","optimizer":"c","seed":1,"rows":[0],"parameters":[{"name":"w","path":"w","dType":"float32","dims":[2147483647,2147483647]}],"snapshots":[{"iteration":0,"epoch":1,"loss":1,"learningRate":1,"weights":["AAAA"],"gradients":["AAAA"],"rates":["AAAA"],"boundary":""}]}""")]
    public void What_is_no_record_is_refused(string text)
    {
        using (FileStream file = File.Create(FilmPath))
        using (GZipStream packed = new(file, CompressionLevel.Fastest))
        {
            packed.Write(Encoding.UTF8.GetBytes(text));
        }

        Assert.Contains("expected a record that GlassBox wrote", Assert.Throws<MalformedFileException>(() => GlassBoxRecord.Load(FilmPath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_file_and_one_that_is_not_packed_are_refused()
    {
        (Sequential model, NDArray x, NDArray y) = Points();
        model.Fit(x, y, epochs: 1, verbose: 0, callbacks: [new GlassBox(FilmPath)]);
        byte[] whole = File.ReadAllBytes(FilmPath);
        foreach (byte[] part in new[] { whole[..(whole.Length / 2)], whole[..5], Encoding.UTF8.GetBytes("plain text") })
        {
            File.WriteAllBytes(FilmPath, part);
            Assert.Throws<MalformedFileException>(() => GlassBoxRecord.Load(FilmPath));
        }
    }
}

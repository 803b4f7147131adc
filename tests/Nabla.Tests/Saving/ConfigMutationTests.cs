using System.Text.Json.Nodes;

namespace Nabla.Tests.Saving;

/// <summary>Every place of a configuration is replaced by something else: what comes is a model, or an error that names the place.</summary>
public sealed class ConfigMutationTests
{
    private static readonly Dictionary<string, Func<Model>> Models = new()
    {
        ["functional"] = () =>
        {
            (Input a, Input b) = (new(4, "a"), new(3, "b"));
            Dense shared = new(5, "tanh", name: "shared", kernelRegularizer: "l2", biasConstraint: "non_neg");
            LayerTensor sum = new Add(name: "sum").Call([shared.Call(a), shared.Call(new Dense(4, name: "adapt").Call(b))]);
            Model model = new([a, b], new Dictionary<string, LayerTensor> { ["p"] = new Dense(2, name: "p").Call(sum), ["q"] = sum }, "twins", seed: 3);
            model.Compile(
                new Adam(new CosineDecay(0.01, 50)),
                new Dictionary<string, Loss> { ["p"] = new Huber(2), ["q"] = "mse" },
                new Dictionary<string, double> { ["q"] = 0.5 },
                new Dictionary<string, IReadOnlyList<Metric>> { ["p"] = ["mae", new TopKCategoricalAccuracy(1)] },
                verbose: 0);
            return model;
        },
        ["shapes"] = () => new Sequential(
            [
                new Input([4, 6]), new ZeroPadding1D((1, 1)), new Cropping1D((1, 0)), new UpSampling1D(2), new Permute([2, 1]), new Reshape([6, 5, 2]), new UpSampling2D((1, 2)),
                new Flatten(), new RepeatVector(2), new Softmax([1, 2]), new EinsumDense("abc,cd->abd", [null, 3], "relu", "bd"), new Flatten(), new CategoryEncoding(3, "multi_hot"),
            ],
            name: "shapes"),
        ["norms"] = () => new Sequential(
            [
                new Input([4, 6]), new BatchNormalization(axis: 1), new LayerNormalization(), new GroupNormalization(groups: 2), new SpectralNormalization(new Dense(4)),
                new Normalization(mean: 0.5, variance: 0.1), new Discretization([0.3, 0.6]), new Dropout(0.4, noiseShape: [null, 1, 4]), new PReLU(sharedAxes: [1]), new GaussianNoise(0.1),
            ],
            name: "norms"),
        ["embedding"] = () => new Sequential([new Input([4], dtype: DType.Int32), new Embedding(9, 3, maskZero: true), new Masking(2), new Flatten(), new Dense(2)], name: "embedding"),
    };

    private static readonly string[] Others = ["null", "-1", "0", "3", "2147483647", "1e300", "0.5", "true", "\"x\"", "\"\"", "\"a/b\"", "[]", "[null]", "[-1,-1]", "[[1]]", "{}", "{\"class_name\":\"Dense\",\"config\":{}}"];

    public static TheoryData<string> Names => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Something_else_at_any_place_is_read_or_refused(string name)
    {
        string json = Models[name]().ToJson();
        Assert.Equal(json, Model.FromJson(json).ToJson());
        int places = Places(JsonNode.Parse(json)!).Count;
        List<string> escaped = [];
        int refused = 0;
        (long Taken, string Where) most = (0, "");
        for (int place = 1; place < places; place++)
        {
            foreach (string other in Others)
            {
                JsonNode root = JsonNode.Parse(json)!;
                JsonNode old = Places(root)[place];
                string path = old.GetPath();
                old.ReplaceWith(JsonNode.Parse(other));
                string changed = root.ToJsonString();
                long before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    Model.FromJson(changed);
                }
                catch (MalformedFileException)
                {
                    refused++;
                }
                catch (Exception e)
                {
                    escaped.Add($"{path} = {other}: {e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n').FirstOrDefault()}");
                }

                long taken = GC.GetAllocatedBytesForCurrentThread() - before;
                most = taken > most.Taken ? (taken, $"{path} = {other}") : most;
            }
        }

        Assert.True(escaped.Count == 0, $"{escaped.Count} of {places * Others.Length} escaped:\n{string.Join('\n', escaped.Take(40))}");
        Assert.InRange(refused, places, places * Others.Length);
        Assert.True(most.Taken < 16 << 20, $"{most.Taken} bytes for {most.Where}");
    }

    // Every value but null, in order; the root first.
    private static List<JsonNode> Places(JsonNode root)
    {
        List<JsonNode> all = [root];
        for (int i = 0; i < all.Count; i++)
        {
            all.AddRange(all[i] switch
            {
                JsonObject o => o.Select(p => p.Value).OfType<JsonNode>(),
                JsonArray a => a.OfType<JsonNode>(),
                _ => [],
            });
        }

        return all;
    }
}

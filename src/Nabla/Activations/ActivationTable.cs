using System.Collections.Concurrent;

namespace Nabla;

/// <summary>The activations by Keras' names, with their default arguments, and functions that users register.</summary>
internal static class ActivationTable
{
    private static readonly ConcurrentDictionary<string, Func<Tensor, Tensor>> Own = [];

    public static IReadOnlyDictionary<string, Func<Tensor, Tensor>> All { get; } = new Dictionary<string, Func<Tensor, Tensor>>
    {
        ["linear"] = Nn.Linear,
        ["relu"] = x => Nn.Relu(x),
        ["sigmoid"] = Nn.Sigmoid,
        ["softmax"] = x => Nn.Softmax(x),
        ["tanh"] = Nn.Tanh,
        ["log_softmax"] = x => Nn.LogSoftmax(x),
        ["leaky_relu"] = x => Nn.LeakyRelu(x),
        ["elu"] = x => Nn.Elu(x),
        ["selu"] = Nn.Selu,
        ["celu"] = x => Nn.Celu(x),
        ["gelu"] = x => Nn.Gelu(x),
        ["silu"] = Nn.Silu,
        ["swish"] = Nn.Silu,
        ["mish"] = Nn.Mish,
        ["softplus"] = Nn.Softplus,
        ["softsign"] = Nn.Softsign,
        ["exponential"] = Nn.Exponential,
        ["hard_sigmoid"] = Nn.HardSigmoid,
        ["hard_silu"] = Nn.HardSilu,
        ["hard_swish"] = Nn.HardSilu,
        ["relu6"] = Nn.Relu6,
        ["log_sigmoid"] = Nn.LogSigmoid,
        ["hard_tanh"] = Nn.HardTanh,
        ["tanh_shrink"] = Nn.TanhShrink,
        ["soft_shrink"] = x => Nn.SoftShrink(x),
        ["hard_shrink"] = x => Nn.HardShrink(x),
        ["glu"] = x => Nn.Glu(x),
        ["squareplus"] = x => Nn.Squareplus(x),
        ["sparse_plus"] = Nn.SparsePlus,
        ["sparse_sigmoid"] = Nn.SparseSigmoid,
        ["sparsemax"] = x => Nn.Sparsemax(x),
    };

    /// <summary>Every name that is known.</summary>
    public static IEnumerable<string> Names => All.Keys.Concat(Own.Keys);

    /// <summary>The function of a name; null where it is not known.</summary>
    public static Func<Tensor, Tensor>? Find(string name) => All.GetValueOrDefault(name) ?? Own.GetValueOrDefault(name);

    public static void Register(string name, Func<Tensor, Tensor> function)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(function);
        Own[All.ContainsKey(name)
            ? throw new ArgumentException($"Activation.Register: expected a name of your own, received '{name}', which is a built-in activation. Choose another name.")
            : name] = function;
    }
}

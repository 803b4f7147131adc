namespace Nabla;

/// <summary>
/// What a layer applies to its weighted sum: <c>"relu"</c>, <c>Activation.Relu</c>, or a function of your own on symbolic tensors.
/// The default value is linear.
/// </summary>
/// <example><code>
/// Dense byName = new(8, activation: "relu");
/// Dense byConstant = new(8, Activation.Relu);
/// Dense byFunction = new(8, activation: (Func&lt;Tensor, Tensor&gt;)(t =&gt; Nn.LeakyRelu(t, 0.1)));
/// Sequential asLayer = new([new InputLayer(4), new Dense(8), new Activation("relu")]);
/// </code></example>
public readonly struct Activation : IEquatable<Activation>
{
    private readonly string? _name;
    private readonly Func<Tensor, Tensor>? _function;

    private Activation(string? name, Func<Tensor, Tensor>? function)
    {
        _name = name;
        _function = function;
    }

    /// <summary>The activation of a name: <c>new Activation("relu")</c>, which may stand in a list of layers.</summary>
    /// <param name="name">As Keras spells it; null is linear.</param>
    /// <exception cref="ArgumentException">The name is not known; the message offers the nearest.</exception>
    public Activation(string? name) => this = name;

    /// <summary>x itself.</summary>
    public static Activation Linear => default;

    /// <summary>max(0, x); the derivative at 0 is 0.</summary>
    public static Activation Relu => "relu";

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static Activation Sigmoid => "sigmoid";

    /// <summary>exp(x) divided by its sum over the last axis: probabilities that sum to 1.</summary>
    public static Activation Softmax => "softmax";

    /// <summary>The hyperbolic tangent.</summary>
    public static Activation Tanh => "tanh";

    /// <summary>x·Φ(x), exact by the error function.</summary>
    public static Activation Gelu => "gelu";

    /// <summary>x·sigmoid(x), also called swish.</summary>
    public static Activation Silu => "silu";

    /// <summary>x above 0, e^x - 1 up to it.</summary>
    public static Activation Elu => "elu";

    /// <summary>x above 0, 0.2·x up to it.</summary>
    public static Activation LeakyRelu => "leaky_relu";

    /// <summary>log(1 + e^x).</summary>
    public static Activation Softplus => "softplus";

    /// <summary>The names that are known, as Keras spells them.</summary>
    public static IEnumerable<string> Names => ActivationTable.Names;

    /// <summary>The name, as Keras spells it; null for a function of your own.</summary>
    public string? Name => _function is null ? "linear" : _name;

    /// <summary>The activation of a name.</summary>
    /// <exception cref="ArgumentException">The name is not known; the message offers the nearest.</exception>
    public static implicit operator Activation(string? name)
    {
        if (name is null or "linear")
        {
            return default;
        }

        return ActivationTable.Find(name) is { } function
            ? new Activation(name, function)
            : throw DidYouMean.Unknown("Activation", name, ActivationTable.Names, "A Func<Tensor, Tensor> is taken as well.");
    }

    /// <summary>Makes a function of your own known by a name, so that models with it can be saved and loaded: files hold the name alone.</summary>
    /// <param name="name">What it is called in code (<c>new Dense(8, "name")</c>) and in files.</param>
    /// <param name="function">From the weighted sum to the output.</param>
    /// <exception cref="ArgumentException">The name is a built-in activation's.</exception>
    public static void Register(string name, Func<Tensor, Tensor> function) => ActivationTable.Register(name, function);

    /// <summary>A function of your own. It has no name, so a model with it cannot be saved; see <see cref="Register"/>.</summary>
    public static implicit operator Activation(Func<Tensor, Tensor> function) => new(null, function);

    /// <summary>The same for functions written on the spot: <c>new Dense(8, Activation.From(x => x.Maximum(0.1 * x)))</c>.</summary>
    public static Activation From(Func<Tensor, Tensor> function) => function ?? throw new ArgumentNullException(nameof(function));

    /// <summary>The activation as a layer of its own, so that a list of layers may hold it.</summary>
    public static implicit operator Layer(Activation activation) => new ActivationLayer(activation);

    /// <summary>The activation of a symbolic tensor.</summary>
    public Tensor Apply(Tensor x)
    {
        if (_function is null)
        {
            return x;
        }

        return _function(x);
    }

    /// <inheritdoc/>
    public bool Equals(Activation other) => Name == other.Name && (_name is not null || _function == other._function);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Activation other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name);

    /// <summary>The same name, or the same function.</summary>
    public static bool operator ==(Activation left, Activation right) => left.Equals(right);

    /// <summary>Another name or function.</summary>
    public static bool operator !=(Activation left, Activation right) => !left.Equals(right);

    /// <summary>The name.</summary>
    public override string ToString() => Name ?? "function";
}

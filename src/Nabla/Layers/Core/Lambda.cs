using System.Collections.Concurrent;
using System.Text.Json;

namespace Nabla;

/// <summary>
/// A function of your own as a layer. Under a registered name it can be saved: the file holds the name alone, and the program that loads it must
/// have registered a function of that name.
/// </summary>
/// <example><code>
/// Lambda.Register("double", t =&gt; t * 2);
/// Sequential net = new([new InputLayer(4), new Lambda("double"), new Dense(1)]);
/// Sequential unsaved = new([new InputLayer(4), new Lambda(t =&gt; t * 2)]);
/// </code></example>
public sealed class Lambda : Layer
{
    private static readonly ConcurrentDictionary<string, Func<Tensor, Tensor>> Registered = new();

    private readonly Func<Tensor, Tensor> _function;

    /// <summary>The function registered under a name.</summary>
    /// <param name="function">The name that was given to <see cref="Register"/>.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    /// <exception cref="ArgumentException">No function of that name is registered.</exception>
    public Lambda(string function, string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
        FunctionName = function;
        _function = function is not null && Registered.TryGetValue(function, out Func<Tensor, Tensor>? known) ? known : throw Unknown(function);
    }

    /// <summary>A function without a name: a model with it cannot be saved.</summary>
    /// <param name="function">From what comes in, the batch as first axis, to what goes out.</param>
    /// <param name="name">Unique in its model; null makes one.</param>
    /// <param name="dtype">float32 or float64; null takes the model's.</param>
    public Lambda(Func<Tensor, Tensor> function, string? name = null, DType? dtype = null)
        : base(name, dtype)
    {
        ArgumentNullException.ThrowIfNull(function);
        _function = function;
    }

    /// <summary>The name under which the function is registered; null where it has none.</summary>
    public string? FunctionName { get; }

    /// <summary>Gives a function a name, under which <see cref="Lambda(string, string?, DType?)"/> and files find it; a name given before is replaced.</summary>
    /// <param name="name">One or more characters.</param>
    /// <param name="function">From what comes in, the batch as first axis, to what goes out. It is run while a model is recorded, not for every batch.</param>
    public static void Register(string name, Func<Tensor, Tensor> function)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(function);
        Registered[name] = function;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, CallContext context) => _function(input);

    /// <inheritdoc/>
    protected internal override void WriteConfig(ConfigWriter config) => config.Text("function", FunctionName
        ?? throw new NotSupportedException($"Lambda '{Name}': its function has no name and cannot be saved. Give it one with Lambda.Register(\"name\", function) and make the layer by new Lambda(\"name\")."));

    internal static Lambda Read(ConfigReader config) => config.Any("function") is { ValueKind: JsonValueKind.String }
        ? new Lambda(config.RequiredText("function"), config.RequiredText("name"), config.DType())
        : throw config.Error($"expected the name of a registered function for 'function', {(config.Has("function") ? "received code" : "but it is missing")}. A function's code is never read from a file: register a function in the program, and write its name there.");

    private ArgumentException Unknown(string? function)
    {
        string known = Registered.IsEmpty ? "none is" : $"registered are {string.Join(", ", Registered.Keys.Order(StringComparer.Ordinal).Select(n => $"'{n}'"))}";
        string near = DidYouMean.Nearest(function, Registered.Keys) is { } name ? $" Did you mean '{name}'?" : "";
        return new ArgumentException($"Lambda '{Name}': expected the name of a registered function ({known}), received {(function is null ? "null" : $"'{function}'")}.{near} Call Lambda.Register(\"{function ?? "name"}\", t => ...) before making or loading the model.");
    }
}

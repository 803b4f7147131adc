namespace Nabla;

/// <summary>Where in the program a node came from: <c>dense_1/matmul</c>. Counts, traces and pages fold by scope.</summary>
/// <example><code>
/// Tensor attention;
/// using (input.Builder.Scope("attention"))
/// {
///     attention = Nn.Softmax(input);
/// }
/// Console.WriteLine(attention.Node.Scope);   // attention/softmax
/// </code></example>
public sealed class Scope
{
    private Scope(Scope? parent, string name)
    {
        Parent = parent;
        Name = name;
    }

    /// <summary>The scope of everything: no name.</summary>
    public static Scope Root { get; } = new(null, "");

    /// <summary>The scope around this one; null for the root.</summary>
    public Scope? Parent { get; }

    /// <summary>The last part of the path.</summary>
    public string Name { get; }

    /// <summary>A scope inside this one.</summary>
    public Scope Child(string name) => new(this, name);

    /// <summary>All names from the outermost inwards, joined by <c>/</c>.</summary>
    public string Path
    {
        get
        {
            Stack<string> names = new();
            for (Scope? scope = this; scope is { Parent: not null }; scope = scope.Parent)
            {
                names.Push(scope.Name);
            }

            return string.Join('/', names);
        }
    }

    /// <summary>The path.</summary>
    public override string ToString() => Path;
}

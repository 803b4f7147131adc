using System.Globalization;

namespace Nabla.Compiler.Emit;

/// <summary>The names of a printed method: identifiers that C# accepts, and that differ wherever C# wants them to.</summary>
/// <param name="reserved">Words of another language that no name may be; null for C#, which marks its own with @.</param>
internal sealed class CSharpNames(IEnumerable<string>? reserved = null)
{
    private static readonly HashSet<string> Keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default",
        "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto",
        "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out",
        "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc",
        "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort",
        "using", "virtual", "void", "volatile", "while",
    ];

    private readonly HashSet<string>? _reserved = reserved is null ? null : [.. reserved];
    private readonly Stack<Scope> _scopes = new([new Scope(null)]);
    private readonly Dictionary<int, string> _buffers = [];

    /// <summary>The C# name of a name in sight.</summary>
    public string this[string name]
    {
        get
        {
            foreach (Scope scope in _scopes)
            {
                if (scope.Names.TryGetValue(name, out string? printed))
                {
                    return printed;
                }
            }

            throw new ArgumentException($"Kernel: '{name}' is read before it has a value.");
        }
    }

    /// <summary>The C# name of a buffer.</summary>
    public string this[int buffer] => _buffers[buffer];

    /// <summary>A scope opens: what is declared from now on ends with it.</summary>
    public void Open() => _scopes.Push(new Scope(_scopes.Peek()));

    /// <summary>The innermost scope ends. C# does not let its names be declared around it afterwards, its neighbours may use them.</summary>
    public void Close()
    {
        Scope closed = _scopes.Pop();
        _scopes.Peek().Inside.UnionWith(closed.Inside);
    }

    /// <summary>Declares a name in the innermost scope and gives its C# name.</summary>
    public string Declare(string name) => _scopes.Peek().Names[name] = Fresh(name);

    /// <summary>Declares a name under another wish than itself.</summary>
    public string DeclareAs(string name, string wish) => _scopes.Peek().Names[name] = Fresh(wish);

    /// <summary>Whether C# keeps a word for itself.</summary>
    public static bool IsKeyword(string word) => Keywords.Contains(word);

    /// <summary>Gives a buffer the C# name of something that is declared already.</summary>
    public void Use(LoopBuffer buffer, string name) => _buffers[buffer.Id] = name;

    /// <summary>Declares a buffer's pointer.</summary>
    public string DeclareBuffer(LoopBuffer buffer) => _buffers[buffer.Id] = Fresh(buffer.Name);

    private string Fresh(string name)
    {
        string stem = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'));
        stem = stem.TrimEnd('_');
        stem = stem.Length == 0 || char.IsAsciiDigit(stem[0]) ? "_" + stem : stem;
        string candidate = stem;
        for (int i = 2; Taken(candidate); i++)
        {
            string number = i.ToString(CultureInfo.InvariantCulture);
            candidate = char.IsAsciiDigit(stem[^1]) ? stem + "_" + number : stem + number;
        }

        _scopes.Peek().Own.Add(candidate);
        _scopes.Peek().Inside.Add(candidate);
        return _reserved is null && Keywords.Contains(candidate) ? "@" + candidate : candidate;
    }

    private bool Taken(string candidate)
    {
        if (_reserved?.Contains(candidate) == true)
        {
            return true;
        }

        for (Scope? scope = _scopes.Peek(); scope is not null; scope = scope.Outer)
        {
            // Of the scopes around this one only what they declare themselves counts; of this one also what it holds inside.
            if (scope.Own.Contains(candidate) || (scope == _scopes.Peek() && scope.Inside.Contains(candidate)))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Scope(Scope? outer)
    {
        public Scope? Outer => outer;

        public Dictionary<string, string> Names { get; } = [];

        public HashSet<string> Own { get; } = [];

        public HashSet<string> Inside { get; } = [];
    }
}

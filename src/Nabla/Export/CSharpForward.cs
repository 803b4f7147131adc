using System.Globalization;
using System.Text;
using Nabla.Compiler.Emit;

namespace Nabla.Export;

/// <summary>An array of numbers in the printed class: a weight, or a constant of the graph.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Comment">Where it is from.</param>
/// <param name="Values">The numbers.</param>
internal sealed record CSharpField(string Field, string Comment, NDArray Values);

/// <summary>
/// A model's forward pass for one sample as C# statements: the steps of the compiled plan, each a loop nest over arrays, with comments that name
/// layers and dims.
/// </summary>
internal sealed class CSharpForward
{
    private readonly StepGraph _step;
    private readonly Graph _graph;
    private readonly ScheduledPlan _plan;
    private readonly CSharpNames _names = new();
    private readonly Func<string, string> _field;
    private readonly Dictionary<Storage, string> _known = [];
    private readonly StringBuilder _text = new();
    private readonly string _indent;

    private CSharpForward(StepGraph step, Func<string, string> field, string indent)
    {
        _step = step;
        _field = field;
        _indent = indent;
        _graph = Simplify.Run(Prepare.Run(step.Graph));
        (var groups, var notes) = Fuse.Run(_graph, []);
        _plan = Schedule.Run(_graph, groups, notes, new CompileOptions());
    }

    /// <summary>The weights and constants that the statements read.</summary>
    public List<CSharpField> Fields { get; } = [];

    /// <summary>The functions that they call.</summary>
    public CSharpLibrary Library { get; } = new("");

    /// <summary>The parameters' names, in the order of the graph's inputs.</summary>
    public List<string> Parameters { get; } = [];

    /// <summary>The names of the arrays that hold the outputs, in order.</summary>
    public string[] Outputs { get; private set; } = [];

    /// <summary>The statements.</summary>
    public string Body => _text.ToString();

    /// <summary>Prints a step.</summary>
    /// <param name="step">The forward pass for one sample.</param>
    /// <param name="field">Makes a field's name that no other has.</param>
    /// <param name="indent">Stands before each line.</param>
    public static CSharpForward Print(StepGraph step, Func<string, string> field, string indent)
    {
        CSharpForward printer = new(step, field, indent);
        for (int i = 0; i < step.Given; i++)
        {
            printer.Parameters.Add(printer._names.Declare(Camel(((Leaf)step.Graph.Inputs[i].Op).Label)));
        }

        printer.Outputs = new string[step.Graph.Outputs.Length];
        foreach (StepDraft draft in printer._plan.Steps)
        {
            printer.PrintStep(draft);
        }

        return printer;
    }

    /// <summary>A C# name of the words of a path, as fields and classes are written: <c>dense_1/kernel</c> is Dense1Kernel.</summary>
    public static string Pascal(string path)
    {
        StringBuilder name = new();
        bool begins = true;
        foreach (char c in path)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                name.Append(begins ? char.ToUpperInvariant(c) : c);
            }

            begins = !char.IsAsciiLetterOrDigit(c);
        }

        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? "N" + name : name.ToString();
    }

    /// <summary>The same as local variables are written.</summary>
    public static string Camel(string path)
    {
        string name = Pascal(path);
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>A text that stays within its line.</summary>
    public static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private void PrintStep(StepDraft draft)
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }

        Line($"// {Describe(draft)}");
        foreach (LoopBuffer buffer in draft.Kernel.Buffers)
        {
            Storage storage = draft.Storages[buffer.Id];
            if (!_known.TryGetValue(storage, out string? name))
            {
                _known.Add(storage, name = Introduce(storage, draft));
            }

            _names.Use(buffer, name);
        }

        try
        {
            _text.Append(CSharpPrinter.PrintBody(draft.Kernel, _names, Library, _indent.Length / 4));
        }
        catch (NotSupportedException e)
        {
            throw new NotSupportedException($"ToCSharp: {OneLine(Describe(draft))} cannot be printed: {e.Message}", e);
        }
    }

    private string Introduce(Storage storage, StepDraft draft)
    {
        switch (storage.Kind)
        {
            case StorageKind.Input when storage.Place < _step.Given:
                return Parameters[(int)storage.Place];
            case StorageKind.Input:
                Variable weight = _step.Reads[(int)storage.Place - _step.Given];
                return Field(Pascal(weight.Name), weight.Name, weight.Value);
            case StorageKind.Literal:
                NDArray value = _plan.Literals[(int)storage.Place];
                string scope = _graph.Nodes.First(n => n.Op is Literal l && ReferenceEquals(l.Value, value)).Scope.Path;
                return Field(Pascal(scope + "/values"), $"constants of {(scope.Length > 0 ? scope : "the model")}", value);
        }

        string stem = draft.Stored.Count > 0 && draft.Stored[0].Scope.Path is { Length: > 0 } path ? path : storage.Name;
        string name = _names.Declare(Camel(stem));
        string type = CSharpExpressions.TypeName(storage.DType);
        Line(string.Create(CultureInfo.InvariantCulture, $"{type}[] {name} = new {type}[{storage.Count}];"));
        if (storage.Kind == StorageKind.Output)
        {
            Outputs[storage.Place] = name;
        }

        return name;
    }

    private string Field(string wish, string comment, NDArray values)
    {
        string field = _field(wish);
        Fields.Add(new CSharpField(field, $"{OneLine(comment)}: {values.Type}", values));
        return field;
    }

    // The layers, what is computed, and the dims of what comes out.
    private static string Describe(StepDraft draft)
    {
        string scopes = string.Join(", ", draft.Stored.Select(n => n.Scope.Path).Where(p => p.Length > 0).Distinct());
        string types = string.Join(", ", draft.Stored.Select(n => OfOne(n.TensorType)).Distinct());
        return OneLine($"{scopes}{(scopes.Length > 0 ? ": " : "")}{draft.Summary}{(types.Length > 0 ? $" -> {types}" : "")}");
    }

    private static TensorType OfOne(TensorType type) =>
        type.Dims.Rank > 0 && type.Dims[0].Name == StepGraphs.Batch ? type with { Dims = type.Dims[1..] } : type;

    private void Line(string text) => _text.Append(_indent).Append(text).Append('\n');
}

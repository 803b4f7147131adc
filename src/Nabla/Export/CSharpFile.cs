using System.Globalization;
using System.Security;
using System.Text;
using Nabla.Compiler.Emit;

namespace Nabla.Export;

/// <summary>Writes the file: what people read first, then the forward pass, the functions it calls, the weights, and the recorded samples.</summary>
internal sealed class CSharpFile
{
    // The C# compiler takes 16 MiB of texts in an assembly, two bytes a letter, and base64 is four letters for three bytes.
    private const long MostBytes = 5 << 20;

    private const string Member = "        ";
    private const string Statement = "            ";

    private readonly Model _model;
    private readonly ModelMetadata _metadata;
    private readonly CSharpExport _options;
    private readonly CSharpForward _forward;
    private readonly List<CSharpField> _fields = [];
    private readonly HashSet<string> _taken;
    private readonly string _class;
    private readonly string _type;
    private readonly string _result;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly StringBuilder _text = new();

    private CSharpFile(Model model, CSharpExport options)
    {
        _model = model;
        _metadata = model.Metadata ?? new ModelMetadata();
        _options = options;
        _class = ExportNames.Class(model, options);
        ExportNames.CheckNamespace(options.Namespace);
        _taken = [.. ExportNames.Reserved, .. Enum.GetNames<UnaryFunction>(), .. Enum.GetNames<BinaryFunction>(), _class];
        if (model.InputTypes.Count != 1 || model.OutputTypes.Count != 1)
        {
            throw new NotSupportedException($"{model.ClassName} '{model.Name}': ToCSharp expected a model of one input and one output, received {model.InputTypes.Count} inputs ({string.Join(", ", model.InputNames)}) and {model.OutputTypes.Count} outputs ({string.Join(", ", model.OutputNames)}). Make a Model from one input to one output out of its layers: they keep their weights.");
        }

        TensorType one = model.InputType! with { Dims = model.InputType.Dims.With(0, new Dim(1, StepGraphs.Batch)) };
        StepGraph step = StepGraphs.Forward(model, [one]);
        Refuse(step);
        _forward = CSharpForward.Print(step, FieldName, Statement);
        _fields.AddRange(_forward.Fields);
        _type = CSharpExpressions.TypeName(one.DType);
        TensorType result = step.Graph.Outputs[0].Node.TensorType;
        _result = CSharpExpressions.TypeName(result.DType);
        _inputs = one.Dims.Count;
        _outputs = result.Dims.Count;
        if (_metadata.Scale is { } scale)
        {
            _fields.Insert(0, new CSharpField("Scale", "what each value is multiplied with before it enters the model", NDArray.From<double>([.. scale])));
            _fields.Insert(1, new CSharpField("Offset", "what is added then", NDArray.From<double>([.. _metadata.Offset ?? [0]])));
        }

        if (Quantity is { } target)
        {
            _fields.Add(new CSharpField("TargetScale", $"what an output is multiplied with to be in the unit of '{CSharpForward.OneLine(target.Name)}'", NDArray.From<double>([target.Scale])));
            _fields.Add(new CSharpField("TargetMean", "what is added then", NDArray.From<double>([target.Mean])));
        }
    }

    // Numbers are learned in a unit of their own; classes are not.
    private SchemaTarget? Quantity => _metadata.Schema?.Target is { Classes: null } target ? target : null;

    private string? OutputStep => (_metadata.OutputStep ?? MetadataJson.OutputStep(_model)) switch { "none" => null, var step => step };

    /// <summary>The text of the file.</summary>
    public static string Write(Model model, CSharpExport options)
    {
        CSharpFile file = new(model, options);
        RecordedPairs pairs = RecordedPairs.Make(model, file._metadata, options.Samples);
        file._fields.Add(new CSharpField("RecordedSamples", $"{RecordedSamples.Count} samples as Predict takes them", pairs.Samples));
        file._fields.Add(new CSharpField("RecordedOutputs", "what the model gave for them when this file was written", pairs.Outputs));
        long bytes = file._fields.Sum(f => (long)f.Values.Count * f.Values.DType.Size);
        if (bytes > MostBytes)
        {
            throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"{model.ClassName} '{model.Name}': ToCSharp expected weights of up to {MostBytes >> 20} MiB, received {bytes / 1048576.0:0.0} MiB: the C# compiler takes no more text in one program. Ship the file that Save writes, and load it."));
        }

        file.Print(pairs.Tolerance);
        return file._text.ToString();
    }

    private static void Refuse(StepGraph step)
    {
        if (step.Graph.Nodes.FirstOrDefault(n => n.Op is Uniform) is { } random)
        {
            throw new NotSupportedException($"ToCSharp: expected a model whose answers depend on the sample alone, received the op '{random.Op.Name}' in '{random.Scope.Path}': it draws random numbers in predictions, too. Leave that layer out.");
        }
    }

    private string FieldName(string wish)
    {
        string name = wish;
        for (int i = 2; !_taken.Add(name); i++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{wish}_{i}");
        }

        return name;
    }

    private void Print(double tolerance)
    {
        Line($"// The model '{CSharpForward.OneLine(_model.Name)}' as plain C#, written by Nabla. It needs nothing but System, and no reflection.");
        foreach (Layer layer in _model.Layers)
        {
            Line($"//   {CSharpForward.OneLine($"{layer.Name} ({layer.ClassName}): {string.Join(", ", layer.Weights.Select(w => w.ToString()))}".TrimEnd(' ', ':'))}");
        }

        Line("// To have another, train and write again: SelfCheck notices a changed number.");
        Line("");
        Line("using System;");
        Line("using System.Collections.Generic;");
        Line("");
        bool inside = _options.Namespace is not null;
        if (inside)
        {
            Line($"namespace {_options.Namespace}");
            Line("{");
        }

        int start = _text.Length;
        PrintClass(tolerance);
        if (inside)
        {
            Line("}");
        }
        else
        {
            // Everything is written as inside a namespace; base64 begins at the line's start and has no spaces.
            string outdented = _text.ToString(start, _text.Length - start).Replace("\n    ", "\n", StringComparison.Ordinal);
            _text.Length = start;
            _text.Append(outdented.StartsWith("    ", StringComparison.Ordinal) ? outdented[4..] : outdented);
        }
    }

    private void PrintClass(double tolerance)
    {
        Summary("    ", $"The model '{_model.Name}': {_inputs} numbers in, {_outputs} out. Its methods may be called by many threads at the same time.");
        Line($"    public static class {_class}");
        Line("    {");
        Line(Member + string.Create(CultureInfo.InvariantCulture, $"public const int InputCount = {_inputs};"));
        Line(Member + string.Create(CultureInfo.InvariantCulture, $"public const int OutputCount = {_outputs};"));
        Names("Columns", "What the numbers of a sample are, in order.", _metadata.Columns, _inputs);
        Names("Classes", "The names of the classes, in the order of the outputs.", _metadata.Classes, int.MaxValue);
        PrintPredict();
        PrintProbabilities();
        PrintClassify();
        PrintSelfCheck(tolerance);
        Line("");
        Line($"{Member}private static {_result}[] Forward({_type}[] {_forward.Parameters[0]})");
        Line(Member + "{");
        _text.Append(_forward.Body);
        Line($"{Statement}return {_forward.Outputs[0]};");
        Line(Member + "}");
        _text.Append(CSharpFunctions.Write(_forward.Library.Called, Member));
        PrintReaders();
        foreach (CSharpField field in _fields)
        {
            Line("");
            Line($"{Member}// {field.Comment}");
            Line($"{Member}private static readonly {CSharpExpressions.TypeName(field.Values.DType)}[] {field.Field} = {CSharpArrays.Initializer(field.Values, Member)};");
        }

        Line("    }");
    }

    private void Names(string member, string summary, IReadOnlyList<string>? names, int most)
    {
        if (names is not null && names.Count <= most)
        {
            Line("");
            Summary(Member, summary);
            Line($"{Member}public static IReadOnlyList<string> {member} {{ get; }} = Array.AsReadOnly(new[] {{ {string.Join(", ", names.Select(CSharpArrays.Text))} }});");
        }
    }

    private void PrintPredict()
    {
        Line("");
        Summary(Member, $"What the model gives for one sample{(OutputStep is null ? "" : "; Probabilities says what it means")}{(Quantity is { } quantity ? $": '{CSharpForward.OneLine(quantity.Name)}' in its own unit" : "")}.");
        Line($"{Member}/// <param name=\"sample\">Its {Number(_inputs)} numbers{(_metadata.Columns is { } c && c.Count == _inputs ? ", as Columns names them" : "")}{(_inputs > 1 && _model.InputType!.Dims.Rank > 2 ? $", row by row of {_model.InputType.Dims[1..]}" : "")}{(_metadata.Scale is null ? "" : ", in their own units: they are scaled here")}{(_metadata.Schema is null ? "" : "; NaN where one is missing, which counts as the mean of training")}.</param>");
        Line($"{Member}public static {_result}[] Predict({_type}[] sample)");
        Line(Member + "{");
        Line(Statement + "if (sample == null)");
        Line(Statement + "{");
        Line(Statement + "    throw new ArgumentNullException(\"sample\");");
        Line(Statement + "}");
        Line("");
        Line(Statement + "if (sample.Length != InputCount)");
        Line(Statement + "{");
        Line(Statement + $"    throw new ArgumentException({CSharpArrays.Text($"{_class}: Predict expected {Number(_inputs)} numbers for one sample, received ")} + sample.Length + \".\", \"sample\");");
        Line(Statement + "}");
        Line("");
        if (_metadata.Scale is { } scale)
        {
            string factor = scale.Count == 1 ? "Scale[0]" : $"Scale[i{(scale.Count < _inputs ? " % Scale.Length" : "")}]";
            string offset = (_metadata.Offset?.Count ?? 1) == 1 ? "Offset[0]" : $"Offset[i{(_metadata.Offset!.Count < _inputs ? " % Offset.Length" : "")}]";
            Line($"{Statement}{_type}[] scaled = new {_type}[InputCount];");
            Line(Statement + "for (int i = 0; i < InputCount; i++)");
            Line(Statement + "{");
            string known = _metadata.Schema is null ? "" : $"{_type}.IsNaN(sample[i]) ? 0 : ";
            Line($"{Statement}    scaled[i] = {known}{(_type == "float" ? $"(float)(sample[i] * {factor} + {offset})" : $"sample[i] * {factor} + {offset}")};");
            Line(Statement + "}");
            Line("");
        }

        string input = _metadata.Scale is null ? "sample" : "scaled";
        if (Quantity is null)
        {
            Line(Statement + $"return Forward({input});");
        }
        else
        {
            string cast = _result == "float" ? "(float)" : "";
            Line($"{Statement}{_result}[] outputs = Forward({input});");
            Line(Statement + "for (int i = 0; i < outputs.Length; i++)");
            Line(Statement + "{");
            Line($"{Statement}    outputs[i] = {cast}(outputs[i] * TargetScale[0] + TargetMean[0]);");
            Line(Statement + "}");
            Line("");
            Line(Statement + "return outputs;");
        }

        Line(Member + "}");
    }

    private void PrintProbabilities()
    {
        if (OutputStep is not { } step)
        {
            return;
        }

        Line("");
        Summary(Member, step == "softmax" ? "The probability of each class for one sample." : "The probability that each output names, for one sample.");
        Line($"{Member}public static {_result}[] Probabilities({_type}[] sample)");
        Line(Member + "{");
        Line($"{Statement}{_result}[] outputs = Predict(sample);");
        if (step == "softmax")
        {
            Line($"{Statement}double largest = outputs[0];");
            Line(Statement + "foreach (double value in outputs)");
            Line(Statement + "{");
            Line(Statement + "    largest = Math.Max(largest, value);");
            Line(Statement + "}");
            Line("");
            Line(Statement + "double sum = 0;");
            Line(Statement + "foreach (double value in outputs)");
            Line(Statement + "{");
            Line(Statement + "    sum += Math.Exp(value - largest);");
            Line(Statement + "}");
            Line("");
        }

        string cast = _result == "float" ? "(float)" : "";
        Line(Statement + "for (int i = 0; i < outputs.Length; i++)");
        Line(Statement + "{");
        Line($"{Statement}    outputs[i] = {cast}({(step == "softmax" ? "Math.Exp(outputs[i] - largest) / sum" : "1 / (1 + Math.Exp(-outputs[i]))")});");
        Line(Statement + "}");
        Line("");
        Line(Statement + "return outputs;");
        Line(Member + "}");
    }

    private void PrintClassify()
    {
        bool two = _outputs == 1 && _metadata.Classes?.Count == 2;
        if (_metadata.Classes is not { } classes || !(two || classes.Count == _outputs))
        {
            return;
        }

        Line("");
        Summary(Member, "The most likely class of one sample, and its probability.");
        Line($"{Member}public static string Classify({_type}[] sample, out {_result} probability)");
        Line(Member + "{");
        Line($"{Statement}{_result}[] probabilities = {(OutputStep is null ? "Predict" : "Probabilities")}(sample);");
        if (two)
        {
            Line($"{Statement}bool isSecond = probabilities[0] > 0.5;");
            Line($"{Statement}probability = isSecond ? probabilities[0] : 1 - probabilities[0];");
            Line($"{Statement}return Classes[isSecond ? 1 : 0];");
        }
        else
        {
            Line(Statement + "int best = 0;");
            Line(Statement + "for (int i = 1; i < probabilities.Length; i++)");
            Line(Statement + "{");
            Line(Statement + "    best = probabilities[i] > probabilities[best] ? i : best;");
            Line(Statement + "}");
            Line("");
            Line(Statement + "probability = probabilities[best];");
            Line(Statement + "return Classes[best];");
        }

        Line(Member + "}");
    }

    private void PrintSelfCheck(double tolerance)
    {
        Line("");
        Summary(Member, "Whether no number of this file was changed, and the model still gives what it gave when the file was written.");
        Line(Member + "public static bool SelfCheck()");
        Line(Member + "{");
        Line(Statement + "if (Fingerprint() != 0x" + Fingerprint.Of(_fields.Select(f => f.Values)).ToString("x16", CultureInfo.InvariantCulture) + "UL)");
        Line(Statement + "{");
        Line(Statement + "    return false;");
        Line(Statement + "}");
        Line("");
        Line($"{Statement}{_type}[] sample = new {_type}[InputCount];");
        Line(Statement + string.Create(CultureInfo.InvariantCulture, $"for (int i = 0; i < {RecordedSamples.Count}; i++)"));
        Line(Statement + "{");
        Line(Statement + "    Array.Copy(RecordedSamples, i * InputCount, sample, 0, InputCount);");
        Line($"{Statement}    {_result}[] outputs = Predict(sample);");
        Line(Statement + "    for (int j = 0; j < OutputCount; j++)");
        Line(Statement + "    {");
        Line(Statement + "        // Sums in another order round otherwise; this is what rounding did when the file was written, many times over.");
        Line(Statement + $"        if (!(Math.Abs((double)outputs[j] - RecordedOutputs[i * OutputCount + j]) <= {CSharpExpressions.Literal(tolerance)}))");
        Line(Statement + "        {");
        Line(Statement + "            return false;");
        Line(Statement + "        }");
        Line(Statement + "    }");
        Line(Statement + "}");
        Line("");
        Line(Statement + "return true;");
        Line(Member + "}");
        Line("");
        Line(Member + "private static ulong Fingerprint()");
        Line(Member + "{");
        Line(Statement + "ulong hash = 14695981039346656037UL;");
        foreach (CSharpField field in _fields)
        {
            Line(Statement + $"hash = Mix(hash, {field.Field});");
        }

        Line(Statement + "return hash;");
        Line(Member + "}");
        foreach (DType dtype in _fields.Select(f => f.Values.DType).Distinct())
        {
            string bits = dtype.IsFloat ? "BitConverter.DoubleToInt64Bits(value)" : dtype == DType.Boolean ? "(value ? 1L : 0L)" : "(long)value";
            Line("");
            Line(Member + $"private static ulong Mix(ulong hash, {CSharpExpressions.TypeName(dtype)}[] values)");
            Line(Member + "{");
            Line(Statement + $"foreach ({CSharpExpressions.TypeName(dtype)} value in values)");
            Line(Statement + "{");
            Line(Statement + $"    hash = unchecked((hash ^ (ulong){bits}) * 1099511628211UL);");
            Line(Statement + "}");
            Line("");
            Line(Statement + "return hash;");
            Line(Member + "}");
        }
    }

    // The methods that turn base64 into numbers, of the types that need them.
    private void PrintReaders()
    {
        DType[] types = [.. _fields.Where(f => CSharpArrays.IsPacked(f.Values)).Select(f => f.Values.DType).Distinct()];
        foreach (DType dtype in types.Where(t => t.Size > 1))
        {
            string type = CSharpExpressions.TypeName(dtype);
            Line("");
            Line($"{Member}private static {type}[] {CSharpArrays.Reader(dtype)}(string base64)");
            Line(Member + "{");
            Line($"{Statement}byte[] bytes = Bytes(base64);");
            Line(Statement + string.Create(CultureInfo.InvariantCulture, $"for (int i = 0; !BitConverter.IsLittleEndian && i < bytes.Length; i += {dtype.Size})"));
            Line(Statement + "{");
            Line(Statement + string.Create(CultureInfo.InvariantCulture, $"    Array.Reverse(bytes, i, {dtype.Size});"));
            Line(Statement + "}");
            Line("");
            Line(Statement + string.Create(CultureInfo.InvariantCulture, $"{type}[] values = new {type}[bytes.Length / {dtype.Size}];"));
            Line($"{Statement}Buffer.BlockCopy(bytes, 0, values, 0, bytes.Length);");
            Line(Statement + "return values;");
            Line(Member + "}");
        }

        if (types.Length > 0)
        {
            Line("");
            Line($"{Member}private static byte[] Bytes(string base64)");
            Line(Member + "{");
            Line(Statement + "return Convert.FromBase64String(base64);");
            Line(Member + "}");
        }
    }

    private void Summary(string indent, string text) => Line($"{indent}/// <summary>{SecurityElement.Escape(CSharpForward.OneLine(text))}</summary>");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void Line(string text) => _text.Append(text).Append('\n');
}

using System.Collections.Immutable;
using System.Globalization;

namespace Nabla;

/// <summary>An op that writes its own loops: scans, sorts, scatters. One thread runs them.</summary>
internal static class LowerStatements
{
    public static StepDraft Run(Node node, string name, Func<Node, Storage> storageOf)
    {
        Writer writer = new(node, storageOf);
        ((Lowering.Statements)node.Op.Lower).Write(writer);
        var draft = new StepDraft
        {
            Kernel = new LoopKernel(name, writer.Buffers.All, 1, LowerNest.Begin, LowerNest.End, new LoopStatement.Block([.. writer.Statements])),
            Storages = writer.Buffers.Storages,
            Grain = 0,
            Work = 0,
            Summary = node.Op.Name,
        };
        draft.Touches.AddRange(writer.Touched.Select(s => new Touch(s, Writes: false, null, 0)));
        draft.Touches.Add(new Touch(storageOf(node), Writes: true, null, 0));
        return draft;
    }

    /// <summary>A flat copy.</summary>
    public static StepDraft Copy(Storage from, Storage to, string name)
    {
        KernelBuffers buffers = new();
        LoopExpr.Variable index = new("i0", DType.Int64);
        LoopStatement store = new LoopStatement.Store(buffers.Id(to), index, new LoopExpr.Load(buffers.Id(from), index, from.DType));
        LoopKind kind = from.DType.IsFloat || from.DType == DType.Boolean ? LoopKind.Vector : LoopKind.Sequential;
        var draft = new StepDraft
        {
            Kernel = new LoopKernel(name, buffers.All, to.Count, LowerNest.Begin, LowerNest.End, new LoopStatement.For(index, LowerNest.Begin, LowerNest.End, store, kind)),
            Storages = buffers.Storages,
            Grain = LowerNest.VectorGrain,
            Work = to.Count,
            Summary = "copy",
        };
        draft.Touches.Add(new Touch(from, Writes: false, Affine.Of(index), 0));
        draft.Touches.Add(new Touch(to, Writes: true, Affine.Of(index), 0));
        return draft;
    }

    private sealed class Writer(Node node, Func<Node, Storage> storageOf) : StatementContext
    {
        private readonly Names _names = new();
        private readonly List<Storage> _scratch = [];

        public KernelBuffers Buffers { get; } = new();

        public List<LoopStatement> Statements { get; private set; } = [];

        public HashSet<Storage> Touched { get; } = [];

        public override Node Node => node;

        public override LoopExpr Input(int input, params IReadOnlyList<LoopExpr> index)
        {
            Node source = node.Inputs[input];
            Storage storage = storageOf(source);
            Touched.Add(storage);
            return new LoopExpr.Load(Buffers.Id(storage), Affine.Place(index, source.TensorType.Dims.Strides()).ToExpression(), source.TensorType.DType);
        }

        public override LoopExpr Output(params IReadOnlyList<LoopExpr> index) => new LoopExpr.Load(Buffers.Id(storageOf(node)), Place(index), node.TensorType.DType);

        public override void Store(LoopExpr value, params IReadOnlyList<LoopExpr> index) =>
            Statements.Add(new LoopStatement.Store(Buffers.Id(storageOf(node)), Place(index), value));

        public override void For(long extent, Action<LoopExpr> body)
        {
            LoopExpr.Variable index = new(_names.Make("at"), DType.Int64);
            LoopStatement inner = Inside(() => body(index));
            Statements.Add(new LoopStatement.For(index, LoopExpr.Index(0), LoopExpr.Index(extent), inner, LoopKind.Sequential));
        }

        public override void If(LoopExpr condition, Action then) => Statements.Add(new LoopStatement.If(condition, Inside(then)));

        public override void While(LoopExpr condition, Action body) => Statements.Add(new LoopStatement.While(condition, Inside(body)));

        public override LoopExpr.Variable Local(LoopExpr initial)
        {
            LoopExpr.Variable local = new(_names.Make("local"), initial.DType);
            Statements.Add(new LoopStatement.Declare(local, initial));
            return local;
        }

        public override void Assign(LoopExpr.Variable variable, LoopExpr value) => Statements.Add(new LoopStatement.Assign(variable, value));

        public override ScratchBuffer Scratch(DType dtype, long count)
        {
            Storage storage = new(string.Create(CultureInfo.InvariantCulture, $"scratch{_scratch.Count}"), dtype, count) { Kind = StorageKind.Arena };
            _scratch.Add(storage);
            Touched.Add(storage);
            return new ScratchBuffer(_scratch.Count - 1, dtype, count);
        }

        public override LoopExpr Read(ScratchBuffer scratch, LoopExpr place) => new LoopExpr.Load(Buffers.Id(_scratch[scratch.Id]), place, scratch.DType);

        public override void Write(ScratchBuffer scratch, LoopExpr place, LoopExpr value) =>
            Statements.Add(new LoopStatement.Store(Buffers.Id(_scratch[scratch.Id]), place, value));

        private LoopExpr Place(IReadOnlyList<LoopExpr> index) => Affine.Place(index, node.TensorType.Dims.Strides()).ToExpression();

        private LoopStatement Inside(Action body)
        {
            List<LoopStatement> outside = Statements;
            Statements = [];
            body();
            LoopStatement inside = Statements is [var only] ? only : new LoopStatement.Block([.. Statements]);
            Statements = outside;
            return inside;
        }
    }
}

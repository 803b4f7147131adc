using System.Reflection.Emit;

namespace Nabla.Compiler.Emit;

/// <summary>
/// Emits a vector loop: whole vectors while there are enough elements, then one vector of which only the first lanes count. A lane has the
/// bits that a scalar would have, so where a row ends never shows in its values.
/// </summary>
internal sealed class IlVector
{
    private readonly IlMethod _method;
    private readonly IlScalar _scalar;
    private readonly ILGenerator _il;
    private readonly VectorLoop _plan;
    private readonly LaneMethods _lanes;
    private readonly IlLanes _values;
    private readonly long? _length;
    private readonly Dictionary<string, (LocalBuilder[] Partial, LoopStatement.Accumulate Statement)> _sums = [];

    private IlVector(IlMethod method, IlScalar scalar, VectorLoop plan)
    {
        _method = method;
        _scalar = scalar;
        _il = method.Il;
        _plan = plan;
        _lanes = LaneMethods.Of(method.Simd, plan.Lanes);
        _values = new IlLanes(method, scalar, plan, _lanes);
        _length = plan.Length;
    }

    public static void Emit(IlMethod method, IlScalar scalar, VectorLoop plan) => new IlVector(method, scalar, plan).EmitLoop();

    private void EmitLoop()
    {
        LoopStatement.For loop = _plan.Loop;
        Label done = _il.DefineLabel();
        _scalar.Emit(loop.End);
        LocalBuilder end = _il.DeclareLocal(typeof(long));
        _il.Emit(OpCodes.Stloc, end);
        _scalar.Emit(loop.Begin);
        LocalBuilder index = _method.Name(loop.Index);
        _il.Emit(OpCodes.Ldloc, index);
        _il.Emit(OpCodes.Ldloc, end);
        _il.Emit(OpCodes.Bge, done);

        foreach (LoopStatement.Let let in _plan.Before)
        {
            _scalar.Emit(let.Value);
            _method.Name(let.Name);
        }

        _values.Prepare(index);
        StartSums();
        EmitWhole(index, end);
        if (_lanes.Width > 1 && _length is null or > 0 && _length % _lanes.Width != 0)
        {
            EmitPart(index, end);
        }

        FinishSums();
        _il.MarkLabel(done);
    }

    private void EmitWhole(LocalBuilder index, LocalBuilder end)
    {
        // Where the length is a constant, loops that would not run are left out, as compiling them takes the longest.
        int turn = _plan.Copies * _lanes.Width;
        if (_plan.Copies > 1 && (_length is null || _length >= turn))
        {
            EmitWhole(index, end, _plan.Copies);
        }

        if (_length is null || (_plan.Copies == 1 ? _length : _length % turn) >= _lanes.Width)
        {
            EmitWhole(index, end, 1);
        }
    }

    // for (; index + copies * width <= end; index += copies * width) ...
    private void EmitWhole(LocalBuilder index, LocalBuilder end, int copies)
    {
        long step = (long)copies * _lanes.Width;
        LocalBuilder last = _il.DeclareLocal(typeof(long));
        _il.Emit(OpCodes.Ldloc, end);
        _il.Emit(OpCodes.Ldc_I8, step);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Stloc, last);
        Label body = _il.DefineLabel();
        Label check = _il.DefineLabel();
        _il.Emit(OpCodes.Br, check);
        _il.MarkLabel(body);
        for (int copy = 0; copy < copies; copy++)
        {
            _values.StartWhole(copy);
            EmitBody(copy, mask: null);
        }

        _il.Emit(OpCodes.Ldloc, index);
        _il.Emit(OpCodes.Ldc_I8, step);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, index);
        _il.MarkLabel(check);
        _il.Emit(OpCodes.Ldloc, index);
        _il.Emit(OpCodes.Ldloc, last);
        _il.Emit(OpCodes.Ble, body);
    }

    private void EmitPart(LocalBuilder index, LocalBuilder end)
    {
        Label done = _il.DefineLabel();
        LocalBuilder count = _il.DeclareLocal(typeof(int));
        if (_length is { } length)
        {
            _il.Emit(OpCodes.Ldc_I4, (int)(length % _lanes.Width));
            _il.Emit(OpCodes.Stloc, count);
        }
        else
        {
            _il.Emit(OpCodes.Ldloc, end);
            _il.Emit(OpCodes.Ldloc, index);
            _il.Emit(OpCodes.Sub);
            _il.Emit(OpCodes.Conv_I4);
            _il.Emit(OpCodes.Stloc, count);
            _il.Emit(OpCodes.Ldloc, count);
            _il.Emit(OpCodes.Brfalse, done);
        }

        LocalBuilder mask = _il.DeclareLocal(_lanes.Vector);
        _il.Emit(OpCodes.Ldloc, count);
        _il.Emit(OpCodes.Call, _lanes[_plan.IsRestCalled ? "FirstOnce" : "First"]);
        _il.Emit(OpCodes.Stloc, mask);
        _values.StartPart(count, mask);
        EmitBody(copy: 0, mask);
        _il.MarkLabel(done);
    }

    private void EmitBody(int copy, LocalBuilder? mask)
    {
        foreach (LoopStatement s in _plan.Body)
        {
            switch (s)
            {
                case LoopStatement.Let x:
                    _values.Emit(x.Value);
                    _values.Name(x.Name);
                    break;
                case LoopStatement.Store x:
                    _values.EmitStore(x);
                    break;
                case LoopStatement.Accumulate x:
                    EmitAccumulate(x, _sums[x.Name.Name].Partial[copy], mask);
                    break;
            }
        }
    }

    private void EmitAccumulate(LoopStatement.Accumulate x, LocalBuilder partial, LocalBuilder? mask)
    {
        if (mask is not null)
        {
            _il.Emit(OpCodes.Ldloc, mask);
        }

        _il.Emit(OpCodes.Ldloc, partial);
        _values.Emit(x.Value);
        _il.Emit(OpCodes.Call, _lanes[x.Combine.ToString()]);
        if (mask is not null)
        {
            _il.Emit(OpCodes.Ldloc, partial);
            _il.Emit(OpCodes.Call, _lanes["Select"]);
        }

        _il.Emit(OpCodes.Stloc, partial);
    }

    private void StartSums()
    {
        foreach (LoopStatement.Accumulate x in _plan.Body.OfType<LoopStatement.Accumulate>().DistinctBy(s => s.Name.Name))
        {
            LocalBuilder[] partial = [.. Enumerable.Range(0, _plan.Copies).Select(_ => _il.DeclareLocal(_lanes.Vector))];
            foreach (LocalBuilder local in partial)
            {
                _values.EmitBroadcast(LoopNumber.Neutral(x.Combine, x.Name.DType));
                _il.Emit(OpCodes.Stloc, local);
            }

            _sums[x.Name.Name] = (partial, x);
        }
    }

    // The partial results meet in pairs, then the lanes, then what the variable held before.
    private void FinishSums()
    {
        foreach ((LocalBuilder[] partial, LoopStatement.Accumulate x) in _sums.Values)
        {
            for (int half = partial.Length / 2; half > 0; half /= 2)
            {
                for (int i = 0; i < half; i++)
                {
                    _il.Emit(OpCodes.Ldloc, partial[i]);
                    _il.Emit(OpCodes.Ldloc, partial[i + half]);
                    _il.Emit(OpCodes.Call, _lanes[x.Combine.ToString()]);
                    _il.Emit(OpCodes.Stloc, partial[i]);
                }
            }

            LocalBuilder variable = _method.Find(x.Name.Name);
            _il.Emit(OpCodes.Ldloc, variable);
            _il.Emit(OpCodes.Ldloc, partial[0]);
            _il.Emit(OpCodes.Call, _lanes["Fold" + x.Combine]);
            _scalar.EmitCombine(x.Combine, x.Name.DType);
            _il.Emit(OpCodes.Stloc, variable);
        }
    }
}

using System.Reflection.Emit;

namespace Nabla.Compiler.Emit;

/// <summary>Emits the expressions of a vector loop: each leaves a vector on the stack.</summary>
internal sealed class IlLanes(IlMethod method, IlScalar scalar, VectorLoop plan, LaneMethods lanes)
{
    private readonly ILGenerator _il = method.Il;

    // Made before the loop: vectors of values that do not vary, and pointers to where index 0 would be.
    private readonly Dictionary<LoopExpr, LocalBuilder> _broadcasts = [];
    private readonly Dictionary<(int Buffer, LoopExpr Offset), LocalBuilder> _pointers = [];
    private readonly Dictionary<string, LocalBuilder> _names = [];
    private LocalBuilder? _index;
    private LocalBuilder? _count;
    private LocalBuilder? _mask;
    private int _copy;

    /// <summary>Emits what is done once before the loop.</summary>
    public void Prepare(LocalBuilder index)
    {
        _index = index;
        foreach (LoopStatement s in plan.Body)
        {
            foreach (LoopExpr e in LoopWalk.Expressions(s))
            {
                if (s is LoopStatement.Store store && ReferenceEquals(e, store.Place))
                {
                    PreparePointer(store.Buffer, store.Place, store.Value.DType, always: true);
                }
                else
                {
                    PrepareValue(e, always: true);
                }
            }
        }
    }

    /// <summary>What follows is about the vector <paramref name="copy"/> places behind the index.</summary>
    public void StartWhole(int copy) => (_copy, _count, _mask) = (copy, null, null);

    /// <summary>What follows is about the first <paramref name="count"/> lanes of the vector at the index, those of <paramref name="mask"/>.</summary>
    public void StartPart(LocalBuilder count, LocalBuilder mask) => (_copy, _count, _mask) = (0, count, mask);

    /// <summary>Stores the vector on the stack under a name.</summary>
    public void Name(LoopExpr.Variable name)
    {
        if (!_names.TryGetValue(name.Name, out LocalBuilder? local))
        {
            local = _il.DeclareLocal(lanes.Vector);
            _names[name.Name] = local;
        }

        _il.Emit(OpCodes.Stloc, local);
    }

    public void EmitStore(LoopStatement.Store x)
    {
        DType dtype = x.Value.DType;
        EmitAddress(x.Buffer, x.Place, dtype);
        Emit(x.Value);
        EmitStore(dtype);
    }

    /// <summary>A value that does not vary, in all lanes.</summary>
    public void EmitBroadcast(LoopExpr e)
    {
        scalar.Emit(e);
        _il.Emit(OpCodes.Call, lanes[e.DType == DType.Boolean ? "BroadcastTruth" : "Broadcast"]);
    }

    public void Emit(LoopExpr e)
    {
        if (!plan.Varies(e))
        {
            if (_broadcasts.TryGetValue(e, out LocalBuilder? ready))
            {
                _il.Emit(OpCodes.Ldloc, ready);
            }
            else
            {
                EmitBroadcast(e);
            }

            return;
        }

        switch (e)
        {
            case LoopExpr.Variable x:
                _il.Emit(OpCodes.Ldloc, _names[x.Name]);
                break;
            case LoopExpr.Load x:
                EmitAddress(x.Buffer, x.Place, x.DType);
                EmitLoad(x.DType);
                break;
            case LoopExpr.Unary x:
                Emit(x.Operand);
                _il.Emit(OpCodes.Call, lanes[x.Function.ToString()]);
                break;
            case LoopExpr.Binary x:
                Emit(x.Left);
                Emit(x.Right);
                bool overTruth = x.Function == BinaryFunction.Equal && x.Left.DType == DType.Boolean;
                _il.Emit(OpCodes.Call, lanes[overTruth ? "EqualTruth" : x.Function.ToString()]);
                break;
            case LoopExpr.Select x when plan.Varies(x.Condition):
                Emit(x.Condition);
                Emit(x.WhenTrue);
                Emit(x.WhenFalse);
                _il.Emit(OpCodes.Call, lanes["Select"]);
                break;
            case LoopExpr.Select x:
                EmitChoice(x);
                break;
            case LoopExpr.Convert { Operand: LoopExpr.Load { DType: DType.UInt8 or DType.Int32 } load }:
                EmitAddress(load.Buffer, load.Place, load.DType);
                EmitPartCall(_count, $"Load{load.DType}", $"Load{load.DType}First");
                break;
            case LoopExpr.Convert x:
                Emit(x.Operand);
                if ((x.Operand.DType == DType.Boolean) != (x.DType == DType.Boolean))
                {
                    _il.Emit(OpCodes.Call, lanes[x.DType == DType.Boolean ? "ToTruth" : "ToNumber"]);
                }

                break;
            case LoopExpr.Uniform x:
                EmitUniform(x);
                break;
            default:
                throw new NotSupportedException($"Kernel: no vector instructions for {e.GetType().Name}.");
        }
    }

    // One side for the whole vector: only that side is evaluated, which may be the only one that is inside its buffer.
    private void EmitChoice(LoopExpr.Select x)
    {
        Label otherwise = _il.DefineLabel();
        Label end = _il.DefineLabel();
        LocalBuilder result = _il.DeclareLocal(lanes.Vector);
        scalar.EmitUnless(x.Condition, otherwise);
        Emit(x.WhenTrue);
        _il.Emit(OpCodes.Stloc, result);
        _il.Emit(OpCodes.Br, end);
        _il.MarkLabel(otherwise);
        Emit(x.WhenFalse);
        _il.Emit(OpCodes.Stloc, result);
        _il.MarkLabel(end);
        _il.Emit(OpCodes.Ldloc, result);
    }

    private void EmitUniform(LoopExpr.Uniform x)
    {
        scalar.EmitInteger(x.Seed);
        scalar.EmitInteger(x.Stream);
        scalar.EmitInteger(plan.Offset(x.Element));
        _il.Emit(OpCodes.Ldloc, _index!);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldc_I8, (long)_copy * lanes.Width);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Call, lanes["Uniform"]);
    }

    private void EmitLoad(DType dtype)
    {
        if (dtype == DType.Boolean)
        {
            EmitPartCall(_count, "LoadTruth", "LoadTruthFirst");
        }
        else if (_mask is not null)
        {
            EmitPartCall(_mask, "", plan.IsRestCalled ? "LoadMaskedOnce" : "LoadMasked");
        }
        else
        {
            _il.Emit(OpCodes.Unaligned, (byte)1);
            _il.Emit(OpCodes.Ldobj, lanes.Vector);
        }
    }

    private void EmitStore(DType dtype)
    {
        if (dtype == DType.Boolean)
        {
            EmitPartCall(_count, "StoreTruth", "StoreTruthFirst");
        }
        else if (_mask is not null)
        {
            EmitPartCall(_mask, "", plan.IsRestCalled ? "StoreMaskedOnce" : "StoreMasked");
        }
        else
        {
            _il.Emit(OpCodes.Unaligned, (byte)1);
            _il.Emit(OpCodes.Stobj, lanes.Vector);
        }
    }

    private void EmitPartCall(LocalBuilder? part, string whole, string first)
    {
        if (part is not null)
        {
            _il.Emit(OpCodes.Ldloc, part);
        }

        _il.Emit(OpCodes.Call, lanes[part is null ? whole : first]);
    }

    private void EmitAddress(int buffer, LoopExpr place, DType dtype)
    {
        LoopExpr offset = plan.Offset(place);
        if (_pointers.TryGetValue((buffer, offset), out LocalBuilder? pointer))
        {
            _il.Emit(OpCodes.Ldloc, pointer);
        }
        else
        {
            scalar.EmitAddress(buffer, offset, dtype);
        }

        _il.Emit(OpCodes.Ldloc, _index!);
        _il.Emit(OpCodes.Conv_I);
        if (dtype.Size > 1)
        {
            _il.Emit(OpCodes.Ldc_I4, dtype.Size);
            _il.Emit(OpCodes.Mul);
        }

        _il.Emit(OpCodes.Add);
        if (_copy > 0)
        {
            _il.Emit(OpCodes.Ldc_I4, _copy * lanes.Width * dtype.Size);
            _il.Emit(OpCodes.Add);
        }
    }

    private void PrepareValue(LoopExpr e, bool always)
    {
        if (!plan.Varies(e))
        {
            if (!_broadcasts.ContainsKey(e) && (always || !LoopWalk.IsGuarded(e)))
            {
                EmitBroadcast(e);
                LocalBuilder local = _il.DeclareLocal(lanes.Vector);
                _il.Emit(OpCodes.Stloc, local);
                _broadcasts[e] = local;
            }

            return;
        }

        switch (e)
        {
            case LoopExpr.Load x:
                PreparePointer(x.Buffer, x.Place, x.DType, always);
                break;
            case LoopExpr.Select x when !plan.Varies(x.Condition):
                PrepareValue(x.WhenTrue, always: false);
                PrepareValue(x.WhenFalse, always: false);
                break;
            case LoopExpr.Uniform:
                break;
            default:
                foreach (LoopExpr operand in LoopWalk.Operands(e))
                {
                    PrepareValue(operand, always);
                }

                break;
        }
    }

    private void PreparePointer(int buffer, LoopExpr place, DType dtype, bool always)
    {
        LoopExpr offset = plan.Offset(place);
        if (!_pointers.ContainsKey((buffer, offset)) && (always || !LoopWalk.IsGuarded(offset)))
        {
            scalar.EmitAddress(buffer, offset, dtype);
            LocalBuilder local = _il.DeclareLocal(typeof(nint));
            _il.Emit(OpCodes.Stloc, local);
            _pointers[(buffer, offset)] = local;
        }
    }
}

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection.Emit;
using Nabla.Compiler.Kernels;

namespace Nabla.Compiler.Emit;

/// <summary>A loop kernel as machine code: one dynamic method of plain instructions over locals, which the runtime compiles with all optimisations at once.</summary>
internal sealed class IlEmitter
{
    // The runtime's compiler stops optimising behind 60,000 bytes of instructions, and behind 8,000 uses of locals, which are some 5 bytes each.
    private const int MostBytes = 40_000;

    private readonly ILGenerator _il;
    private readonly IlMethod _method;
    private readonly IlScalar _scalar;

    private IlEmitter(ILGenerator il, LoopRange range, SimdWidth simd)
    {
        _il = il;
        _method = new IlMethod(il, simd);
        _scalar = new IlScalar(_method, range);
    }

    /// <summary>The kernel ready to run, or null where it is too large to be compiled well.</summary>
    [RequiresDynamicCode("Makes a method while the program runs.")]
    public static KernelBody? Emit(LoopKernel kernel, SimdWidth simd)
    {
        var dynamic = new DynamicMethod(kernel.Name, typeof(void), [typeof(nint*), typeof(long), typeof(long)], typeof(IlEmitter).Module, skipVisibility: true)
        {
            InitLocals = false,
        };
        ILGenerator il = dynamic.GetILGenerator();
        var emitter = new IlEmitter(il, new LoopRange(kernel), simd);
        foreach (LoopBuffer buffer in kernel.Buffers)
        {
            emitter._method.LoadPointer(buffer);
        }

        il.Emit(OpCodes.Ldarg_1);
        emitter._method.Name(kernel.Begin);
        il.Emit(OpCodes.Ldarg_2);
        emitter._method.Name(kernel.End);
        emitter.EmitStatement(kernel.Body);
        il.Emit(OpCodes.Ret);
        return il.ILOffset < MostBytes ? dynamic.CreateDelegate<KernelBody>() : null;
    }

    private void EmitStatement(LoopStatement s)
    {
        switch (s)
        {
            case LoopStatement.Block x:
                foreach (LoopStatement inner in x.Statements)
                {
                    EmitStatement(inner);
                }

                break;
            case LoopStatement.Let x:
                _scalar.Emit(x.Value);
                _method.Name(x.Name);
                break;
            case LoopStatement.Declare x:
                _scalar.Emit(x.Initial);
                _method.Name(x.Name);
                break;
            case LoopStatement.Assign x:
                _scalar.Emit(x.Value);
                _il.Emit(OpCodes.Stloc, _method.Find(x.Name.Name));
                break;
            case LoopStatement.Accumulate x:
                _il.Emit(OpCodes.Ldloc, _method.Find(x.Name.Name));
                _scalar.Emit(x.Value);
                _scalar.EmitCombine(x.Combine, x.Name.DType);
                _il.Emit(OpCodes.Stloc, _method.Find(x.Name.Name));
                break;
            case LoopStatement.Store x:
                _scalar.EmitAddress(x.Buffer, x.Place, x.Value.DType);
                _scalar.Emit(x.Value);
                _scalar.EmitStore(x.Value.DType);
                break;
            case LoopStatement.If x:
                EmitIf(x);
                break;
            case LoopStatement.While x:
                EmitWhile(x);
                break;
            case LoopStatement.For x:
                EmitFor(x);
                break;
            default:
                throw new NotSupportedException($"Kernel: no instructions for {s.GetType().Name}.");
        }
    }

    private void EmitIf(LoopStatement.If x)
    {
        Label end = _il.DefineLabel();
        _scalar.EmitUnless(x.Condition, end);
        EmitScope(x.Then);
        _il.MarkLabel(end);
    }

    private void EmitWhile(LoopStatement.While x)
    {
        Label start = _il.DefineLabel();
        Label end = _il.DefineLabel();
        _il.MarkLabel(start);
        _scalar.EmitUnless(x.Condition, end);
        EmitScope(x.Body);
        _il.Emit(OpCodes.Br, start);
        _il.MarkLabel(end);
    }

    private void EmitFor(LoopStatement.For x)
    {
        ImmutableDictionary<string, LocalBuilder> names = _method.Names;
        if (VectorLoop.TryCreate(x) is { } plan)
        {
            IlVector.Emit(_method, _scalar, plan);
        }
        else
        {
            EmitSequential(x);
        }

        _method.Names = names;
    }

    private void EmitSequential(LoopStatement.For x)
    {
        _scalar.Emit(x.End);
        LocalBuilder end = _il.DeclareLocal(typeof(long));
        _il.Emit(OpCodes.Stloc, end);
        _scalar.Emit(x.Begin);
        LocalBuilder index = _method.Name(x.Index);
        Label body = _il.DefineLabel();
        Label check = _il.DefineLabel();
        _il.Emit(OpCodes.Br, check);
        _il.MarkLabel(body);
        EmitStatement(x.Body);
        _il.Emit(OpCodes.Ldloc, index);
        _il.Emit(OpCodes.Ldc_I4_1);
        _il.Emit(OpCodes.Conv_I8);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Stloc, index);
        _il.MarkLabel(check);
        _il.Emit(OpCodes.Ldloc, index);
        _il.Emit(OpCodes.Ldloc, end);
        _il.Emit(OpCodes.Blt, body);
    }

    private void EmitScope(LoopStatement s)
    {
        ImmutableDictionary<string, LocalBuilder> names = _method.Names;
        EmitStatement(s);
        _method.Names = names;
    }
}

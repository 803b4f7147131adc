using System.Collections.Immutable;
using System.Reflection.Emit;
using Nabla.Compiler.Kernels;

namespace Nabla.Compiler.Emit;

/// <summary>The method under construction: its instructions, and where buffers and names are kept.</summary>
/// <param name="il">Where instructions go.</param>
/// <param name="simd">The width of vectors.</param>
internal sealed class IlMethod(ILGenerator il, SimdWidth simd)
{
    private readonly Dictionary<int, LocalBuilder> _pointers = [];
    private ImmutableDictionary<string, LocalBuilder> _names = ImmutableDictionary<string, LocalBuilder>.Empty;

    public ILGenerator Il => il;

    public SimdWidth Simd => simd;

    /// <summary>The names in sight; set back where a loop or a branch ends.</summary>
    public ImmutableDictionary<string, LocalBuilder> Names
    {
        get => _names;
        set => _names = value;
    }

    /// <summary>The .NET type of values of an element type on the stack and in locals.</summary>
    public static Type TypeOf(DType dtype) => dtype switch
    {
        DType.Boolean => typeof(bool),
        DType.UInt8 => typeof(byte),
        DType.Int32 => typeof(int),
        DType.Int64 => typeof(long),
        DType.Float32 => typeof(float),
        DType.Float64 => typeof(double),
        _ => throw new NotSupportedException($"Kernels compute in bool, uint8, int32, int64, float32 and float64; received {dtype.Name}."),
    };

    /// <summary>Loads a buffer's pointer from the table (argument 0) into a local of its own, once.</summary>
    public void LoadPointer(LoopBuffer buffer)
    {
        LocalBuilder local = il.DeclareLocal(typeof(nint));
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, buffer.Id * nint.Size);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldind_I);
        il.Emit(OpCodes.Stloc, local);
        _pointers[buffer.Id] = local;
    }

    /// <summary>The local that holds a buffer's pointer.</summary>
    public LocalBuilder Pointer(int buffer) => _pointers[buffer];

    /// <summary>The local of a name in sight.</summary>
    public LocalBuilder Find(string name) => _names.TryGetValue(name, out LocalBuilder? local)
        ? local
        : throw new ArgumentException($"Kernel: '{name}' is read before it has a value.");

    /// <summary>Stores the value on the stack under a new name.</summary>
    public LocalBuilder Name(LoopExpr.Variable name)
    {
        LocalBuilder local = il.DeclareLocal(TypeOf(name.DType));
        il.Emit(OpCodes.Stloc, local);
        _names = _names.SetItem(name.Name, local);
        return local;
    }
}

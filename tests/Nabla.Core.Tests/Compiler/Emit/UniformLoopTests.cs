using static Nabla.Core.Tests.Compiler.Emit.Loops;

namespace Nabla.Core.Tests.Compiler.Emit;

public sealed class UniformLoopTests
{
    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Random_numbers_are_those_of_their_place_in_every_reading(DType dtype)
    {
        LoopBuffer seed = Buffer(0, DType.Int64, 2);
        LoopBuffer x = Buffer(1, dtype, 200);
        LoopBuffer y = Buffer(2, dtype, 10);
        LoopExpr Draw(LoopExpr place) => new LoopExpr.Uniform(seed.Load(LoopExpr.Index(0)), seed.Load(LoopExpr.Index(1)), place, dtype);
        LoopKernel kernel = Kernel(
            "uniform",
            [seed, x, y],
            10,
            For(K, Begin, End, LoopKind.Sequential, For(I, LoopExpr.Index(0), LoopExpr.Index(20), LoopKind.Vector, x.Store((K * 20) + I, Draw((K * 20) + I)))),
            For(I, Begin, End, LoopKind.Sequential, y.Store(I, Draw(I * 3))));

        double[] values = ReadingsOfLoops.AgreeOn(
            kernel,
            m => new long[] { 42, -7 }.CopyTo(m.Values<long>(0)),
            m => dtype == DType.Float32 ? Array.ConvertAll(m.Values<float>(1).ToArray(), v => (double)v) : m.Values<double>(1).ToArray());

        Assert.Equal(Enumerable.Range(0, 200).Select(i => dtype == DType.Float32 ? Philox.UniformSingle(42, unchecked((ulong)-7), i) : Philox.UniformDouble(42, unchecked((ulong)-7), i)), values);
    }
}

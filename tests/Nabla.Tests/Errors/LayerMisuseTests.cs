namespace Nabla.Tests.Errors;

/// <summary>Mistakes with the arguments and inputs of layers.</summary>
public sealed class LayerMisuseTests
{
    private static readonly NDArray Rows = NDArray.Ones(DType.Float32, [2, 6]);
    private static readonly NDArray Image = NDArray.Ones(DType.Float32, [2, 4, 4, 3]);

    private static readonly Dictionary<string, Misuse> All = new()
    {
        ["two free dims"] = Misuse.Of<ArgumentException>(() => _ = new Reshape([-1, -1], name: "r"), "Reshape 'r'", "one may be -1", "received [-1, -1]", "Leave the batch axis out"),
        ["a dim of 0"] = Misuse.Of<ArgumentException>(() => _ = new Reshape([0, 3], name: "r"), "Reshape 'r'", "sizes of 1 or more", "received [0, 3]"),
        ["other elements than the target has"] = Misuse.Of<ShapeException>(() => new Reshape([4, 2], name: "r").Call(Rows), "Reshape 'r'", "expected samples of 8 elements for [4, 2], received 6", "float32[2,6]", "Use -1"),
        ["elements that do not divide"] = Misuse.Of<ShapeException>(() => new Reshape([-1, 4], name: "r").Call(Rows), "Reshape 'r'", "a multiple of 4 elements", "received 6"),
        ["axes counted from 0"] = Misuse.Of<ArgumentException>(() => _ = new Permute([0, 1], name: "p"), "Permute 'p'", "each axis from 1 to 2 once, received [0, 1]", "counted from 1, without the batch"),
        ["axes of other samples"] = Misuse.Of<ShapeException>(() => new Permute([2, 1], name: "p").Call(Rows), "Permute 'p'", "expected samples of 2 axes for [2, 1], received 1", "float32[2,6]"),
        ["repeating no times"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new RepeatVector(0, name: "r"), "RepeatVector 'r'", "expected n of 1 or more", "0"),
        ["repeating images"] = Misuse.Of<ShapeException>(() => new RepeatVector(2, name: "r").Call(Image), "RepeatVector 'r'", "expected vectors [batch, features]", "received float32[2,4,4,3]", "Put a Flatten in front"),
        ["negative padding"] = Misuse.Of<ArgumentException>(() => _ = new ZeroPadding2D(-1, name: "z"), "ZeroPadding2D 'z'", "expected padding as one number, (height, width), or ((top, bottom), (left, right)), each 0 or more, received -1"),
        ["padding for other axes"] = Misuse.Of<ArgumentException>(() => _ = new ZeroPadding3D((1, 2), name: "z"), "ZeroPadding3D 'z'", "one for each of 3 axes", "received (1, 2)"),
        ["padding rows"] = Misuse.Of<ShapeException>(() => new ZeroPadding2D(1, name: "z").Call(Rows), "ZeroPadding2D 'z'", "expected an input of 4 axes [batch, height, width, channels], received float32[2,6]", "last axis of 1"),
        ["cropping all"] = Misuse.Of<ShapeException>(() => new Cropping2D(((2, 2), (0, 0)), name: "c").Call(Image), "Cropping2D 'c'", "expected more than 4 elements on axis 1", "received 4"),
        ["a size of 0"] = Misuse.Of<ArgumentException>(() => _ = new UpSampling2D(0, name: "u"), "UpSampling2D 'u'", "expected size as one number of 1 or more", "received 0"),
        ["a mistyped interpolation"] = Misuse.Of<ArgumentException>(() => _ = new UpSampling2D(2, interpolation: "bilinaer", name: "u"), "UpSampling2D 'u' interpolation", "received 'bilinaer'", "Did you mean 'bilinear'?"),
        ["a mistyped data format"] = Misuse.Of<ArgumentException>(() => _ = new Flatten("chanels_first"), "DataFormat", "received 'chanels_first'", "Did you mean 'channels_first'?"),
        ["softmax over the batch"] = Misuse.Of<ShapeException>(() => new Softmax(0, name: "s").Call(Rows), "Softmax 's'", "received 0, the batch axis", "depend on each other", "Use -1"),
        ["softmax over an axis that is not there"] = Misuse.Of<ShapeException>(() => new Softmax(2, name: "s").Call(Rows), "Softmax 's'", "expected an axis from -2 to 1", "received 2"),
        ["a negative slope below 0"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new LeakyReLU(-0.1, name: "l"), "LeakyReLU 'l'", "expected negativeSlope of 0 or more, received -0.1"),
        ["a largest value below 0"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new ReLU(maxValue: -6, name: "r"), "ReLU 'r'", "expected maxValue of 0 or more, received -6"),
        ["sharing slopes along the batch"] = Misuse.Of<ShapeException>(() => new PReLU(sharedAxes: [0], name: "p").Call(Rows), "PReLU 'p'", "expected sharedAxes from 1 to 1, received 0", "always shared"),
        ["a mistyped activation in a list of layers"] = Misuse.Of<ArgumentException>(() => _ = new Sequential([new Activation("rleu")]), "Activation", "received 'rleu'", "Did you mean 'relu'?"),
        ["one input to add"] = Misuse.Of<ShapeException>(() => new Add(name: "a").Call(Rows), "Add 'a'", "expected 2 or more inputs, received 1: float32[2,6]"),
        ["three inputs to subtract"] = Misuse.Of<ShapeException>(() => new Subtract(name: "s").Call([Rows, Rows, Rows]), "Subtract 's'", "expected 2 inputs, received 3"),
        ["adding other sizes"] = Misuse.Of<ShapeException>(() => new Add(name: "a").Call([Rows, NDArray.Ones(DType.Float32, [2, 5])]), "Add 'a'", "expected inputs whose sizes agree or are 1 on every axis, received float32[2,6], float32[2,5]: 6 and 5 on axis 1", "Concatenate"),
        ["joining the batch"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new Concatenate(axis: 0, name: "c"), "Concatenate 'c'", "received 0, the batch", "Use -1"),
        ["joining the batch, counted from the end"] = Misuse.Of<ShapeException>(() => new Concatenate(axis: -2, name: "c").Call([Rows, Rows]), "Concatenate 'c'", "expected an axis of the sample, from 1 to 1 or negative, received -2"),
        ["joining other sizes"] = Misuse.Of<ShapeException>(() => new Concatenate(axis: 1, name: "c").Call([Image, NDArray.Ones(DType.Float32, [2, 4, 5, 3])]), "Concatenate 'c'", "expected inputs of equal sizes but for axis 1", "float32[2,4,5,3]"),
        ["products along the batch"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new Dot(0, name: "d"), "Dot 'd'", "received 0, the batch"),
        ["products of other sizes"] = Misuse.Of<ShapeException>(() => new Dot(1, name: "d").Call([Rows, NDArray.Ones(DType.Float32, [2, 5])]), "Dot 'd'", "expected equal sizes on axis 1 of the first input and axis 1 of the second, received 6 and 5"),
        ["an equation without an arrow"] = Misuse.Of<ArgumentException>(() => _ = new EinsumDense("ab,bc", [3], name: "e"), "EinsumDense 'e'", "expected an equation of the form 'ab,bc->ac'", "received 'ab,bc'"),
        ["an output axis from nowhere"] = Misuse.Of<ArgumentException>(() => _ = new EinsumDense("ab,bc->ad", [3], name: "e"), "EinsumDense 'e'", "expected output axes that the input or the kernel has, received 'd' in the equation 'ab,bc->ad'"),
        ["a letter twice"] = Misuse.Of<ArgumentException>(() => _ = new EinsumDense("abb,bc->ac", [3], name: "e"), "EinsumDense 'e'", "each letter once in a term, received 'abb'"),
        ["an output shape with the batch"] = Misuse.Of<ShapeException>(() => new EinsumDense("ab,bc->ac", [2, 3], name: "e").Call(Rows), "EinsumDense 'e'", "expected an outputShape of 1 sizes, one for each of 'c'", "received [2, 3]"),
        ["an output size that the input contradicts"] = Misuse.Of<ShapeException>(() => new EinsumDense("abcd,de->abce", [5, null, 8], name: "e").Call(Image), "EinsumDense 'e'", "expected 4 for 'b' in outputShape", "received 5", "Write null"),
        ["bias along the batch"] = Misuse.Of<ArgumentException>(() => _ = new EinsumDense("ab,bc->ac", [3], biasAxes: "a", name: "e"), "EinsumDense 'e'", "expected biasAxes of letters of the output 'ac'", "but its batch, received 'a'"),
        ["no vocabulary"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new Embedding(0, 4, name: "e"), "Embedding 'e'", "expected inputDim of 1 or more, received 0", "size of a vocabulary"),
        ["masking rows"] = Misuse.Of<ShapeException>(() => new Masking(name: "m").Call(Rows), "Masking 'm'", "expected steps with features [batch, steps, features], received float32[2,6]"),
        ["alpha dropout of all"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new AlphaDropout(1, name: "a"), "AlphaDropout 'a'", "expected a rate from 0 to below 1"),
        ["noise of a negative deviation"] = Misuse.Of<ArgumentOutOfRangeException>(() => _ = new GaussianNoise(-1, name: "g"), "GaussianNoise 'g'", "expected stddev of 0 or more, received -1"),
        ["a noise shape with the batch's size"] = Misuse.Of<ArgumentException>(() => _ = new Dropout(0.5, noiseShape: [32, 1], name: "d"), "Dropout 'd'", "null (one by one) or 1 (one draw for all)", "received [32, 1]"),
        ["a noise shape of other axes"] = Misuse.Of<ShapeException>(() => new Dropout(0.5, noiseShape: [null, 1, null], name: "d").Call(Rows), "Dropout 'd'", "expected an input that noiseShape [null, 1, null] fits", "received float32[2,6]"),
        ["a lambda of an unknown name"] = Misuse.Of<ArgumentException>(() => _ = new Lambda("nobody registered this", name: "l"), "Lambda 'l'", "expected the name of a registered function", "received 'nobody registered this'", "Call Lambda.Register"),
    };

    public static TheoryData<string> Cases => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_with_a_layer_is_explained(string mistake) => All[mistake].Check();
}

using System.Globalization;

namespace Nabla.Tests.Models;

/// <summary>Numbers are written the same in every culture: German has commas in numbers, Turkish another lower-case i, Swedish another minus.</summary>
public sealed class CultureTests
{
    public static TheoryData<string> Cultures => ["de-DE", "tr-TR", "sv-SE", "ar-SA"];

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Files_and_texts_do_not_depend_on_the_culture(string culture)
    {
        (byte[] File, string Texts) expected = In("", Make);
        (byte[] File, string Texts) actual = In(culture, Make);
        Assert.Equal(expected.Texts, actual.Texts);
        Assert.Equal(expected.File, actual.File);
    }

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Names_are_found_in_every_culture(string culture) => In(culture, () =>
    {
        Assert.IsType<RMSprop>((Optimizer)"RMSPROP");
        Assert.Equal("input_layer", AutoName.SnakeCase("InputLayer"));
        Assert.Equal("linear", DidYouMean.Nearest("LINEAR", Activation.Names));
        return 0;
    });

    private static (byte[] File, string Texts) Make()
    {
        using TemporaryFile file = new();
        (NDArray x, NDArray y) = Problems.Digits(40);
        Sequential model = new([new InputLayer(16, name: "in"), new Rescaling(0.1, -0.25, name: "r"), new Dense(10, name: "d")], name: "net", seed: 1);
        model.Compile(new Adam(0.0015), new SparseCategoricalCrossentropy(fromLogits: true), ["accuracy"]);
        StringWriter lines = new(CultureInfo.InvariantCulture);
        History history = model.Fit(x, y, epochs: 2, verbose: 0);
        model.Save(file.Path);
        Sequential loaded = Sequential.Load(file.Path);
        string error = Assert.Throws<TrainingDataException>(() => loaded.Fit(x, y.AsType(DType.Float64) - 1.5, verbose: 0)).Message;
        lines.Write($"{history}\n{loaded.Evaluate(x, y)}\n{loaded.Summary()}\n{error}");
        return (File.ReadAllBytes(file.Path), lines.ToString());
    }

    private static T In<T>(string culture, Func<T> run)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return run();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}

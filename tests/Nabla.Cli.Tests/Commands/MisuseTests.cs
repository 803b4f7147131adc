using Nabla.Data;

namespace Nabla.Cli.Tests.Commands;

/// <summary>Mistakes: the exit code tells the kind, and one line on the error stream says who, what was expected, what came and what to try.</summary>
public sealed class MisuseTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    public static TheoryData<string, string> WrongWords => new()
    {
        { "trian", "received 'trian'. Did you mean 'train'?" },
        { "train irs", "received 'irs'. Did you mean 'iris'?" },
        { "train cifar100", "There is no file, folder or set of that name." },
        { "train iris wine", "Several words are taken only as two .npy files." },
        { "train x.npy", "Name the labels' .npy file after the features'." },
        { "train iris --epoch 3", "there is no option '--epoch'. Did you mean '--epochs'?" },
        { "train iris --learning_rate=1", "there is no option '--learning_rate'. Did you mean '--learning-rate'?" },
        { "train iris --epochs -3", "--epochs: expected a whole number of 1 or more, received '-3'." },
        { "train iris --epochs 0", "--epochs: expected a whole number of 1 or more, received '0'." },
        { "train iris --epochs many", "--epochs: expected a whole number of 1 or more, received 'many'." },
        { "train iris --epochs 1,5", "--epochs: expected a whole number of 1 or more, received '1,5'." },
        { "train iris --epochs 99999999999", "--epochs: expected a whole number of 1 or more, received '99999999999'." },
        { "train iris --batch-size 0", "--batch-size: expected a whole number of 1 or more, received '0'." },
        { "train iris --threads 0", "--threads: expected a whole number from 1 to 256, received '0'." },
        { "train iris --threads 100000", "--threads: expected a whole number from 1 to 256, received '100000'." },
        { "train iris --seed x", "--seed: expected a whole number" },
        { "train iris --learning-rate 0", "--learning-rate: expected a number above 0 such as 0.001, received '0'." },
        { "train iris --learning-rate NaN", "--learning-rate: expected a number above 0" },
        { "train iris --learning-rate 0,1", "--learning-rate: expected a number above 0" },
        { "train iris --optimizer adma", "--optimizer: expected one of adam, sgd, rmsprop, received 'adma'. Did you mean 'adam'?" },
        { "train iris --activation rleu", "received 'rleu'. Did you mean 'relu'?" },
        { "train iris --layers 25,15", "expected 3 units in the last layer, one for each class of iris; received 15. Type --layers 25,15,3, or --layers 25,3." },
        { "train iris --layers 10", "received 10. Type --layers 10,3, or --layers 3." },
        { "train iris --layers 25,,3", "--layers: expected unit counts of 1 or more with commas between them, such as 25,15,10, received '25,,3'." },
        { "train iris --layers 25,-1,3", "--layers: expected unit counts of 1 or more" },
        { "train iris --layers 25;3", "--layers: expected unit counts of 1 or more" },
        { "train iris --json r.json --out r.json", "--json and --out name the same file" },
        { "--verbose", "nabla: there is no option '--verbose'. See 'nabla --help'." },
        { "predict", "predict: expected MODEL and DATA, as in 'nabla predict mnist.nabla mnist', received none. See 'nabla predict --help'." },
        { "evaluate model.nabla", "evaluate: expected MODEL and DATA, as in 'nabla evaluate mnist.nabla mnist', received no DATA after 'model.nabla'. See 'nabla evaluate --help'." },
        { "summary", "summary: expected MODEL, as in 'nabla summary mnist.nabla', received none. See 'nabla summary --help'." },
        { "export", "export: expected MODEL, as in 'nabla export flowers.nabla --csharp --out Flowers.cs', received none." },
        { "diff", "diff: expected FORMULA, as in 'nabla diff \"1/w\" --at w=2', received none." },
        { "worksheet", "worksheet: expected DATA, as in 'nabla worksheet small --seed 7', received none." },
        { "check-chain", "check-chain: expected NAME, DERIVATIVE and CHAIN, as in 'nabla check-chain small dJ/dw \"d * x\"', received none. See 'nabla check-chain --help'." },
        { "check-chain small dJ/dw", "check-chain: expected NAME, DERIVATIVE and CHAIN, as in 'nabla check-chain small dJ/dw \"d * x\"', received no CHAIN after 'dJ/dw'." },
        { "diff w^2 --json", "--json: expected FILE after it, as in '--json result.json', received nothing. See 'nabla diff --help'." },
        { "diff w^2 --at", "--at: expected NAME=VALUE after it, as in '--at w=2', received nothing." },
        { "explain small --csv", "--csv: expected FILE after it, as in '--csv mazur.csv', received nothing." },
        { "explain small --notation", "--notation: expected NAME after it, as in '--notation 3b1b', received nothing." },
        { "explain small --learning-rate", "--learning-rate: expected RATE after it, as in '--learning-rate 0.001', received nothing." },
        { "lab --save", "--save: expected FILE after it, as in '--save lab.html', received nothing." },
        { "speed --images", "--images: expected N after it, as in '--images 30000', received nothing." },
        { "diff w^2 --json a.json --json b.json", "--json: expected it once, received 2: a.json, b.json. Leave all but one out." },
        { "summary a b", "summary: 'b' is one word too many. See 'nabla summary --help'." },
        { "train iris @words", "received 'iris @words'." },
        { "train iris --epochs", "--epochs: expected N after it, as in '--epochs 5', received nothing. See 'nabla train --help'." },
    };

    [Theory]
    [MemberData(nameof(WrongWords))]
    public void Wrong_words_end_with_2_and_one_line(string command, string said)
    {
        Outcome outcome = Workplace.Run(command.Split(' '));
        Assert.Equal((2, ""), (outcome.Code, outcome.Output));
        SaysOnOneLine(said, outcome.Error);
    }

    [Fact]
    public void Without_a_word_there_is_help()
    {
        Outcome outcome = Workplace.Run();
        Assert.Equal(2, outcome.Code);
        Assert.Contains("nabla train ", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("predict")]
    [InlineData("evaluate")]
    [InlineData("summary")]
    public void A_model_that_is_not_there_is_a_failure(string command) =>
        Fails($"MODEL: there is no file '{_place["no.nabla"]}'.", Reading(command, _place["no.nabla"]));

    [Theory]
    [InlineData("predict")]
    [InlineData("evaluate")]
    [InlineData("summary")]
    public void A_model_cut_short_is_a_failure(string command)
    {
        string path = _place.Train("iris");
        byte[] whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
        Fails("The file is cut short", Reading(command, path));
    }

    [Fact]
    public void A_file_of_another_kind_is_no_model()
    {
        File.WriteAllText(_place["note.nabla"], "hello");
        Fails("expected a zip file", "summary", _place["note.nabla"]);
    }

    [Fact]
    public void A_folder_is_no_model() => Fails("received the folder", "summary", _place.Folder);

    [Fact]
    public void Data_with_other_columns_do_not_fit_the_model() =>
        Fails("expected 4 features a sample, for which the model was built, received 64 features", "predict", _place.Train("iris"), "digits");

    [Fact]
    public void Labels_beyond_the_models_classes_do_not_fit_it()
    {
        string data = _place.Npz("d.npz", ("x", Iris.Load().X[..5]), ("y", NDArray.From(new[] { 0, 1, 2, 3, 0 })));
        Fails("expected classes from 0 to 2 for 3 outputs, received 3 at row 3", "evaluate", _place.Train("iris"), data);
    }

    [Fact]
    public void A_model_that_was_never_compiled_cannot_be_evaluated()
    {
        Sequential model = new([new InputLayer(4), new Dense(3)]);
        model.Save(_place["raw.nabla"]);
        Fails("expected a compiled model", "evaluate", _place["raw.nabla"], "iris");
    }

    [Theory]
    [InlineData("--out")]
    [InlineData("--json")]
    public void A_missing_folder_for_the_result_is_found_before_training(string option)
    {
        Outcome outcome = Fails("there is no folder", "train", "iris", option, Path.Combine(_place["missing"], "m.nabla"));
        Assert.Equal("", outcome.Output);
    }

    [Theory]
    [InlineData("--out")]
    [InlineData("--json")]
    public void A_folder_in_place_of_the_result_is_found_before_training(string option) =>
        Fails("it is a folder", "train", "iris", option, _place.Folder);

    [Fact]
    public void A_folder_without_idx_files_is_told_the_names() =>
        Fails("expected one of train-images-idx3-ubyte", "train", _place.Folder);

    [Fact]
    public void An_npy_file_that_is_damaged_is_a_failure()
    {
        string y = _place.Npy("y.npy", Iris.Load().Y);
        File.WriteAllBytes(_place["x.npy"], [0x93, (byte)'N', (byte)'U', 1, 2]);
        Fails("npy '", "train", _place["x.npy"], y);
    }

    [Theory]
    [InlineData("train", "gone.npz")]
    [InlineData("train", "gone.npy")]
    [InlineData("evaluate", "gone.npz")]
    [InlineData("predict", "gone.npz")]
    [InlineData("predict", "gone.npy")]
    public void Data_that_are_not_there_are_a_failure(string command, string name)
    {
        string path = _place[name];
        string[] data = command == "train" && name.EndsWith("npy", StringComparison.Ordinal) ? [path, path] : [path];
        Fails($"DATA: there is no file '{path}'. Check the name", command == "train" ? [command, .. data] : [command, _place.Train("iris"), .. data]);
    }

    [Fact]
    public void An_npz_file_without_the_arrays_is_told_their_names() =>
        Fails("expected arrays x_train, y_train, x_test and y_test, or x and y; received features, labels.", "train", _place.Npz("d.npz", ("features", Iris.Load().X), ("labels", Iris.Load().Y)));

    [Fact]
    public void Features_and_labels_of_different_lengths_are_refused() =>
        Fails("expected as many labels as samples", "train", _place.Npy("x.npy", Iris.Load().X), _place.Npy("y.npy", Iris.Load().Y[..10]));

    [Fact]
    public void Labels_of_one_class_are_refused() =>
        Fails("expected labels of two classes or more", "train", _place.Npz("d.npz", ("x", Iris.Load().X[..10]), ("y", NDArray.From(new int[10]))));

    [Fact]
    public void Negative_labels_are_refused_with_their_row() =>
        Fails("received -1 in row 2", "train", _place.Npz("d.npz", ("x", Iris.Load().X[..4]), ("y", NDArray.From(new[] { 0, 1, -1, 1 }))));

    [Fact]
    public void One_hot_labels_are_refused_with_advice() =>
        Fails("Take the arg max of one-hot labels", "train", _place.Npz("d.npz", ("x", Iris.Load().X[..2]), ("y", NDArray.From(new[,] { { 0, 1 }, { 1, 0 } }))));

    [Fact]
    public void Features_that_are_not_numbers_are_refused_with_their_place()
    {
        float[,] x = Iris.Load().X.ToArray2D<float>();
        for (int row = 0; row < 150; row++)
        {
            x[row, 2] = float.NaN;
        }

        Fails("received NaN in training row 0, column 2", "train", _place.Npz("d.npz", ("x", NDArray.From(x)), ("y", Iris.Load().Y)));
    }

    [Fact]
    public void A_training_that_diverges_says_so()
    {
        Outcome outcome = Workplace.Run("train", "iris", "--optimizer", "sgd", "--learning-rate", "1e30", "--out", _place["m.nabla"]);
        Assert.Equal(1, outcome.Code);
        SaysOnOneLine("Try a smaller learning rate", outcome.Error);
        Assert.False(File.Exists(_place["m.nabla"]));
    }

    [Theory]
    [InlineData("sgd", "1e38")]
    [InlineData("adam", "1e38")]
    [InlineData("adam", "1e30")]
    public void A_training_whose_only_step_breaks_the_weights_leaves_no_model(string optimizer, string rate)
    {
        Outcome outcome = Workplace.Run("train", "digits", "--learning-rate", rate, "--optimizer", optimizer, "--epochs", "1", "--batch-size", "2000", "--out", _place["m.nabla"]);
        Assert.Equal(1, outcome.Code);
        SaysOnOneLine("expected finite", outcome.Error);
        Assert.False(File.Exists(_place["m.nabla"]));
    }

    private static string[] Reading(string command, string path) => command == "summary" ? [command, path] : [command, path, "iris"];

    private static Outcome Fails(string said, params string[] args)
    {
        Outcome outcome = Workplace.Run(args);
        Assert.Equal(1, outcome.Code);
        SaysOnOneLine(said, outcome.Error);
        return outcome;
    }

    private static void SaysOnOneLine(string said, string error)
    {
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.StartsWith("nabla: ", error, StringComparison.Ordinal);
        Assert.Equal(error.Length - 1, error.IndexOf('\n', StringComparison.Ordinal));
        Assert.DoesNotContain("nabla: nabla", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter '", error, StringComparison.Ordinal);
    }
}

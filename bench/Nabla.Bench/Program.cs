using Nabla.Bench;

switch (args)
{
    case ["step"]:
        TrainingStep.Run(Path.Combine(Folder(), "bench", "peers", "pytorch_step.py"));
        return 0;
    case ["chain"]:
        Chain.Run();
        return 0;
    case ["explain"]:
        Explaining.Run();
        return 0;
    case ["serving", var seconds]:
        return Serving.Run(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture), threads: 16);
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project bench/Nabla.Bench -- step|chain|explain|serving SECONDS");
        return 2;
}

static string Folder()
{
    string folder = AppContext.BaseDirectory;
    while (!File.Exists(Path.Combine(folder, "Nabla.slnx")))
    {
        folder = Path.GetDirectoryName(folder)!;
    }

    return folder;
}

using Nabla.Bench;

switch (args)
{
    case ["chain"]:
        Chain.Run();
        return 0;
    default:
        Console.Error.WriteLine("usage: dotnet run -c Release --project bench/Nabla.Bench -- step|chain");
        return 2;
}

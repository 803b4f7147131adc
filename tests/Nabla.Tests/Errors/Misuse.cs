namespace Nabla.Tests.Errors;

/// <summary>Something done wrong, the exception it must give, and the parts its message must have: who, expected, received, what to try.</summary>
internal sealed record Misuse(Type Exception, Action Do, params string[] Parts)
{
    public static Misuse Of<T>(Action action, params string[] parts)
        where T : Exception => new(typeof(T), action, parts);

    public void Check()
    {
        Exception error = Assert.Throws(Exception, Do);
        Assert.All(Parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}

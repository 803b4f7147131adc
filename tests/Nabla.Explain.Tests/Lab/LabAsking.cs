namespace Nabla.Explain.Tests.Lab;

/// <summary>Cells and their answers in tests.</summary>
internal static class LabAsking
{
    /// <summary>The lines that a cell answers in plain ASCII; a cell that goes wrong fails the test with its message.</summary>
    public static string[] Ask(this LabSession lab, string cell)
    {
        LabCell answered = lab.Run(cell) ?? throw new ArgumentException("An empty cell has no answer.", nameof(cell));
        Assert.Null(answered.Error);
        string[] lines = [.. new LabText(unicode: false, width: 80).Lines(answered)];
        Assert.All(lines, line => Assert.True(line.All(char.IsAscii), line));
        return lines;
    }
}

namespace Nabla.Explain;

/// <summary>A blank of a worksheet.</summary>
/// <param name="Id">What is asked for: <c>c</c>, <c>dJ/dw</c>, <c>w after</c>.</param>
/// <param name="Question">The line with its blank.</param>
/// <param name="Answer">The right number.</param>
/// <param name="Working">How it comes about, in numbers.</param>
/// <example><code>
/// WorksheetItem first = Worksheet.Of(Lessons.Named("small")).Items[0];
/// Console.WriteLine($"{first.Question} ({first.Answer})");
/// </code></example>
public sealed record WorksheetItem(string Id, string Question, double Answer, string Working);

/// <summary>What became of one answer.</summary>
/// <param name="Id">The blank.</param>
/// <param name="Given">What was written; empty for nothing.</param>
/// <param name="Right">Whether it is right.</param>
/// <param name="Comment">Which factor is wrong, where that can be told; empty for a right answer.</param>
/// <example><code>
/// WorksheetMark mark = Worksheet.Of(Lessons.Named("small")).Check("dJ/dw", "4");
/// Console.WriteLine(mark.Comment);   // The sign is wrong: look at the sign of x = -2.
/// </code></example>
public sealed record WorksheetMark(string Id, string Given, bool Right, string Comment);

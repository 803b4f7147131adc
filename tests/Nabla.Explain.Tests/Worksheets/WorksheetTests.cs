using System.Text.Json;

namespace Nabla.Explain.Tests.Worksheets;

/// <summary>Worksheets: blanks, keys, marks.</summary>
[Trait("Lesson", "L122")]
public sealed class WorksheetTests
{
    private static readonly Worksheet Small = Worksheet.Of(Lessons.Named("small"));

    [Fact]
    public void Every_number_of_the_step_is_a_blank()
    {
        Assert.Equal(["c", "a", "d", "J", "dJ/dd", "dJ/dy", "dJ/da", "dJ/db", "dJ/dc", "dJ/dx", "dJ/dw", "w after", "b after"], Small.Items.Select(i => i.Id));
        string sheet = Small.ToText();
        Assert.Equal(13, sheet.Split("__________").Length - 1);
        Assert.Contains("c = w*x = __________", sheet, StringComparison.Ordinal);
        Assert.Contains("dJ/dw = (x) * dJ/dc = (-2) * 2 = -4", Small.ToText(answers: true), StringComparison.Ordinal);
        Assert.DoesNotContain("-4", sheet, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dJ/dw", "-4")]
    [InlineData("dJ/dw", "-4.0")]
    [InlineData("dJ/dw", "-8/2")]
    [InlineData("dJ/dw", "2*(-2)")]
    [InlineData("w after", "2.04")]
    public void Right_answers_are_right(string id, string given) => Assert.Equal(new WorksheetMark(id, given, true, ""), Small.Check(id, given));

    [Fact]
    public void The_answer_of_a_step_is_called_as_the_sheet_writes_it()
    {
        IReadOnlyList<WorksheetMark> marks = Small.Check(new Dictionary<string, string> { ["w"] = "2.04", ["b after"] = "7.98", ["q"] = "1" });
        Assert.Equal(["w after", "b after"], marks.Where(m => m.Right).Select(m => m.Id));
        Assert.Equal(14, marks.Count);
    }

    [Theory]
    [InlineData("dJ/dw", "4", "look at the sign of x = -2")]
    [InlineData("dJ/dw", "2", "The factor x = -2 is missing")]
    [InlineData("dJ/dw", "-2", "The factor dJ/dc = 2 is missing")]
    [InlineData("dJ/dw", "-8", "Twice too much")]
    [InlineData("dJ/dx", "-4", "both factors are positive")]
    [InlineData("dJ/dw", "", "Left open")]
    [InlineData("dJ/dw", "minus four", "Expected a number")]
    [InlineData("dJ/dw", "NaN", "Expected a number")]
    [InlineData("w after", "1.96", "Subtract the gradient's part, do not add it")]
    [InlineData("w after", "6", "The learning rate 0.01 is missing")]
    [InlineData("b after", "8", "That is the old value")]
    [InlineData("c", "4", "The sign is wrong: 2*(-2)")]
    [InlineData("J", "7", "Compute again: 2^2/2")]
    [InlineData("c", "-4.02", "Nearly: write it exactly, or rounded to 3 digits or more")]
    [InlineData("J", "2.0000001", "Nearly")]
    [InlineData("J", "2.01", "Nearly")]
    public void Wrong_answers_are_told_why(string id, string given, string comment)
    {
        WorksheetMark mark = Small.Check(id, given);
        Assert.False(mark.Right);
        Assert.Contains(comment, mark.Comment, StringComparison.Ordinal);
    }

    [Fact]
    public void One_path_of_two_is_told()
    {
        Worksheet mazur = Worksheet.Of(Lessons.Named("mazur"));
        Assert.Contains("only the path through z3: add all 2 paths", mazur.Check("dE_total/dh1", "0.0554").Comment, StringComparison.Ordinal);
        Assert.True(mazur.Check("dE_total/dh1", "0.0364").Right); // three digits
        Assert.False(mazur.Check("dE_total/dh1", "0.0354").Right);
        Assert.True(mazur.Check("dE_total/dh1", "3.635e-2").Right);
        Assert.Contains("Nearly", mazur.Check("dE_total/dh1", "0.0363").Comment, StringComparison.Ordinal); // 0.03635 rounds up
        Assert.Contains("Half of it", mazur.Check("dE_total/dw5", "0.0411").Comment, StringComparison.Ordinal);
        Assert.True(mazur.Check("w1 after", "0.14978").Right);
        Assert.False(mazur.Check("w1 after", "0.15").Right);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void A_seed_makes_numbers_of_ones_own_the_same_each_time(int seed)
    {
        Worksheet sheet = Worksheet.Of(Lessons.Named("small"), seed);
        Assert.Equal(sheet.ToText(answers: true), Worksheet.Of(Lessons.Named("small"), seed).ToText(answers: true));
        Assert.NotEqual(Small.ToText(answers: true), sheet.ToText(answers: true));
        Dictionary<string, string> key = sheet.Items.ToDictionary(i => i.Id, i => Numerals.Of(i.Answer));
        Assert.All(sheet.Check(key), m => Assert.True(m.Right, m.Comment));
    }

    [Fact]
    public void Every_lesson_has_a_worksheet_whose_key_is_right()
    {
        foreach (Lesson lesson in Lessons.All)
        {
            Worksheet sheet = Worksheet.Of(lesson);
            Assert.All(sheet.Check(sheet.Items.ToDictionary(i => i.Id, i => Numerals.Of(i.Answer, exact: true))), m => Assert.True(m.Right, $"{lesson.Name} {m}"));
            Assert.True(sheet.ToText().All(c => c < 128));
        }
    }

    [Fact]
    public void A_grader_reads_json()
    {
        JsonElement json = JsonDocument.Parse(Worksheet.Of("J = w^2", [("w", 3)], seed: null).ToJson()).RootElement;
        Assert.Equal("dJ/dw", json.GetProperty("items")[1].GetProperty("id").GetString());
        Assert.Equal(6, json.GetProperty("items")[1].GetProperty("answer").GetDouble());
        Assert.Equal(3, json.GetProperty("given").GetProperty("w").GetDouble());
    }

    [Fact]
    public void An_unknown_blank_offers_the_nearest() =>
        Assert.Contains("Did you mean 'dJ/dw'?", Assert.Throws<ArgumentException>(() => Small.Check("dJ/dW", "1")).Message, StringComparison.Ordinal);
}

using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Nabla.Explain;

/// <summary>The words after a command, taken apart: a formula, variables, numbers and bindings, as in <c>J w 0.1 0.01 x=2</c>.</summary>
/// <param name="Formula">The formula; empty where none was given.</param>
/// <param name="Variables">The names that stand after it.</param>
/// <param name="Numbers">The numbers that stand after these.</param>
/// <param name="Bindings">Values for names.</param>
internal sealed partial record LabWords(string Formula, ImmutableArray<string> Variables, ImmutableArray<string> Numbers, ImmutableArray<(string Name, string Value)> Bindings)
{

    /// <summary>Takes words apart.</summary>
    /// <param name="text">The words.</param>
    /// <param name="mostNumbers">How many numbers may stand at the end; more belong to the formula.</param>
    public static LabWords Of(string text, int mostNumbers = 0)
    {
        List<string> words = Split(EqualSigns().Replace(text.Replace('[', ' ').Replace(']', ' '), "="));
        List<(string, string)> bindings = [];
        for (int i = words.Count - 1; i >= 0; i--)
        {
            if (Binding().Match(words[i]) is { Success: true } match)
            {
                bindings.Insert(0, (match.Groups[1].Value, match.Groups[2].Value));
                words.RemoveAt(i);
                if (i > 0 && words[i - 1] == "at")
                {
                    words.RemoveAt(--i);
                }
            }
        }

        List<string> numbers = [];
        while (numbers.Count < mostNumbers && words.Count > 0 && !IsOpen(words, words.Count - 1) && LabAlgebra.Constant(words[^1]) is not null)
        {
            numbers.Insert(0, words[^1]);
            words.RemoveAt(words.Count - 1);
        }

        List<string> variables = [];
        while (words.Count > 1 && TypeText.IsWord(words[^1]) && !IsOpen(words, words.Count - 1))
        {
            variables.Insert(0, words[^1]);
            words.RemoveAt(words.Count - 1);
        }

        return new LabWords(string.Join(' ', words), [.. variables], [.. numbers], [.. bindings]);
    }

    /// <summary>Asks for no more names after the formula than a command takes.</summary>
    /// <param name="who">The command.</param>
    /// <param name="most">How many it takes.</param>
    public void RequireVariables(string who, int most)
    {
        if (Variables.Length > most)
        {
            LabCommand command = LabCommand.Find(who)!;
            throw new LabException($"{who}: expected {(most == 0 ? "no name" : "one name")} after the formula {Formula}, received {string.Join(", ", Variables)}. What follows {who}: {command.Usage}, as in {command.Examples[0]}");
        }
    }

    // An operator before a word makes it a part of the formula; so does a fraction: ½ w.
    private static bool IsOpen(List<string> words, int at) => at > 0 && words[at - 1][^1] is var last
        && ("+-*/^=<>(√".Contains(last, StringComparison.Ordinal) || FormulaSigns.OperatorOf(last) is not null || FormulaScripts.FractionOf(last) is not null);

    /// <summary>Splits at blanks and commas that stand outside parentheses.</summary>
    public static List<string> Split(string text)
    {
        List<string> words = [];
        int depth = 0;
        int from = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            bool isEnd = i == text.Length || (depth <= 0 && (char.IsWhiteSpace(text[i]) || text[i] == ','));
            if (isEnd)
            {
                if (i > from)
                {
                    words.Add(text[from..i]);
                }

                from = i + 1;
            }
            else
            {
                depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            }
        }

        return words;
    }

    [GeneratedRegex(@"(?<![=<>!])\s*=\s*(?!=)")]
    private static partial Regex EqualSigns();

    [GeneratedRegex(@"^(\p{L}[\p{L}\p{Nd}_]*|_[\p{L}\p{Nd}_]*)=([^=].*)$")]
    private static partial Regex Binding();
}

using System.Text;

namespace Nabla;

/// <summary>
/// Which names a symbol may have: those that the formula parser reads back as that symbol. However a name is typed, it is the same name: Greek letters
/// are spelled out (α is alpha), digits below the line are digits of the name (w₁ is w1), other characters there follow a mark (wⱼₖ is w_jk).
/// </summary>
internal static class SymbolName
{
    private static readonly string[] Words = ["and", "or", "not"];
    private static readonly char[] Digits = [.. "0123456789"];

    /// <summary>The name, if it is one.</summary>
    /// <exception cref="ArgumentException">It is none; the message says what is.</exception>
    public static string Check(string name)
    {
        string who = "Symbol";
        string typed = name;
        name = Of(name);
        if (RationalText.Constants.ContainsKey(name))
        {
            throw new ArgumentException($"{who}: '{name}' is a number already. Choose another name, such as '{name}_1'{(name is "pi" or "E" ? $", or write {(name == "pi" ? "Pi" : "E")} for the number" : "")}.");
        }

        if (FormulaFunctions.IsReserved(name) || Words.Contains(name))
        {
            throw new ArgumentException($"{who}: '{name}' is a word of formulas already. Choose another name, such as '{name}_1'.");
        }

        return IsName(typed)
            ? name
            : throw new ArgumentException($"{who}: expected a name such as w, a_1, alpha or w^[2]_jk, received {TypeText.Quote(typed)}. Begin with a letter and go on with letters, digits and _.");
    }

    /// <summary>A word, then any number of marks of a layer, each with more of the word behind it: w^[2]_jk.</summary>
    private static bool IsName(string name)
    {
        TextCursor at = new("Symbol", name, 0, name.Length);
        return name.Length > 0 && !char.IsWhiteSpace(name[0]) && TakeFrom(at).Length > 0 && at.AtEnd;
    }

    /// <summary>A name that was typed as a name of formulas; what is none stays as it is.</summary>
    public static string Of(string typed)
    {
        TextCursor at = new("Symbol", typed.Trim(), 0, typed.Trim().Length);
        string name = TakeFrom(at);
        return name.Length > 0 && at.AtEnd ? name : typed;
    }

    /// <summary>A text with each name in it as formulas have it.</summary>
    public static string InAll(string text)
    {
        StringBuilder all = new();
        TextCursor at = new("Symbol", text, 0, text.Length);
        while (!at.AtEnd)
        {
            bool isNumber = char.IsAsciiDigit(at.Next);
            string name = char.IsWhiteSpace(at.Next) ? "" : TakeFrom(at);
            all.Append(name);
            if (name.Length == 0)
            {
                all.Append(isNumber ? at.While(c => char.IsAsciiDigit(c) || c == '.') : at.Next);
                at.Position += isNumber ? 0 : 1;
            }
        }

        return all.ToString();
    }

    /// <summary>Takes the name that stands at a place; empty where none does.</summary>
    public static string TakeFrom(TextCursor at)
    {
        at.SkipSpace();
        string name = char.IsAsciiDigit(at.Next) ? "" : Word(at, "");
        while (name.Length > 0 && at.Next == '^' && at.After(1) == '[')
        {
            int length = 2;
            while (TypeText.IsWordPart(at.After(length)) || at.After(length) is '-' or '+' or ',')
            {
                length++;
            }

            if (length == 2 || at.After(length) != ']')
            {
                break;
            }

            for (int i = 0; i <= length; i++)
            {
                name += at.Next;
                at.Position++;
            }

            name = Word(at, name);
        }

        return name;
    }

    // Behind what stands below the line a name goes on only with a mark: w₁x₁ is no name, but two side by side.
    private static string Word(TextCursor at, string before)
    {
        string name = before;
        do
        {
            name += string.Join('_', at.While(c => TypeText.IsWordPart(c) && !FormulaScripts.IsRaised(c) && !FormulaScripts.IsLowered(c)).Split('_').Select(Spelled));
            string low = name.Length == 0 ? "" : FormulaScripts.OnTheLine(at.While(c => FormulaScripts.IsLowered(c) && char.IsLetterOrDigit(FormulaScripts.OnTheLine(c.ToString())[0])));
            name += low.Length == 0 || name[^1] == '_' || (low.All(char.IsAsciiDigit) && name.All(char.IsLetter)) ? low : "_" + low;
            if (low.Length == 0)
            {
                break;
            }
        }
        while (at.Next == '_');
        return name;
    }

    // α, and α1; but Δw is a name of its own.
    private static string Spelled(string part)
    {
        string letters = part.TrimEnd(Digits);
        string name = letters == "ℯ" ? "E" : letters.Length == 1 ? GreekLetters.NameOf(letters) ?? letters : letters;
        return name + part[letters.Length..];
    }
}

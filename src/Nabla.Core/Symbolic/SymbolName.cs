namespace Nabla;

/// <summary>Which names a symbol may have: those that the formula parser reads back as that symbol.</summary>
internal static class SymbolName
{
    private static readonly string[] Words = ["and", "or", "not"];

    /// <summary>The name, if it is one.</summary>
    /// <exception cref="ArgumentException">It is none; the message says what is.</exception>
    public static string Check(string name)
    {
        string who = "Symbol";
        if (RationalText.Constants.ContainsKey(name))
        {
            throw new ArgumentException($"{who}: '{name}' is a number already. Choose another name, such as '{name}_1'{(name is "pi" or "E" ? $", or write {(name == "pi" ? "Pi" : "E")} for the number" : "")}.");
        }

        if (FormulaFunctions.IsReserved(name) || Words.Contains(name))
        {
            throw new ArgumentException($"{who}: '{name}' is a word of formulas already. Choose another name, such as '{name}_1'.");
        }

        return IsName(name)
            ? name
            : throw new ArgumentException($"{who}: expected a name such as w, a_1, alpha or w^[2]_jk, received {TypeText.Quote(name)}. Begin with a letter and go on with letters, digits and _.");
    }

    /// <summary>A word, then any number of marks of a layer, each with more of the word behind it: w^[2]_jk.</summary>
    private static bool IsName(string name)
    {
        TextCursor at = new("Symbol", name, 0, name.Length);
        return name.Length > 0 && !char.IsWhiteSpace(name[0]) && TakeFrom(at).Length > 0 && at.AtEnd;
    }

    /// <summary>Takes the name that stands at a place; empty where none does.</summary>
    public static string TakeFrom(TextCursor at)
    {
        string name = at.Word();
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

            name += at.While(TypeText.IsWordPart);
        }

        return name;
    }
}

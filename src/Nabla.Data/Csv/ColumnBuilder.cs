using System.Text;

namespace Nabla.Data;

/// <summary>
/// Fills a column cell by cell. As long as every value is a number it keeps numbers. A word after numbers makes the column one of text; the texts
/// of the numbers before it ("007", "1.0") are gone by then, so <see cref="Restarted"/> reads such a column a second time.
/// </summary>
internal sealed class ColumnBuilder
{
    private readonly string _name;
    private readonly string? _firstText;
    private readonly bool _isText;
    private List<double>? _numbers;
    private TextCodes? _texts;
    private bool _allDates = true;
    private int _count;
    private int _missing;

    /// <summary>A builder that finds out what the column is.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="isText">Whether it is known to be text.</param>
    public ColumnBuilder(string name, bool isText)
        : this(name, isText, null)
    {
    }

    private ColumnBuilder(string name, bool isText, string? firstText)
    {
        (_name, _firstText, _isText) = (name, firstText, isText);
        _numbers = isText ? null : [];
        _texts = isText ? new TextCodes() : null;
    }

    /// <summary>The word that came after numbers, and where; then no values are kept, and the column must be read again.</summary>
    public string? WordAfterNumbers { get; private set; }

    /// <summary>A builder for the same column in a second pass, where it is known to be text.</summary>
    public ColumnBuilder Restarted() => new(_name, isText: true, WordAfterNumbers);

    /// <summary>Takes the next cell.</summary>
    /// <param name="cell">Its text.</param>
    /// <param name="line">The line on which its row begins, for messages.</param>
    public void Add(ReadOnlySpan<byte> cell, long line)
    {
        _count++;
        if (WordAfterNumbers is not null)
        {
            return;
        }

        if (CellText.IsMissing(cell))
        {
            _missing++;
            _numbers?.Add(double.NaN);
            _texts?.Add(null);
        }
        else if (_numbers is not null && CellText.TryNumber(cell, out double number))
        {
            _numbers.Add(number);
        }
        else
        {
            AddText(Encoding.UTF8.GetString(cell), line);
        }
    }

    /// <summary>The column.</summary>
    public TableColumn Finish() => _texts is null
        ? new TableColumn(_name, _missing == _count ? ColumnKind.Empty : ColumnKind.Number, [.. _numbers!], null, _missing, null)
        : new TableColumn(_name, _missing == _count ? ColumnKind.Empty : _allDates ? ColumnKind.Date : ColumnKind.Text, null, _texts.Finish(), _missing, _firstText, _isText && _firstText is null);

    private void AddText(string text, long line)
    {
        if (_numbers is not null && _missing < _count - 1)
        {
            WordAfterNumbers = $"{CellText.Shown(text)} in row {_count} (line {line})";
            _numbers = null;
            return;
        }

        if (_texts is null)
        {
            // Nothing but missing values so far: they are missing texts.
            _numbers = null;
            _texts = new TextCodes();
            for (int row = 0; row < _count - 1; row++)
            {
                _texts.Add(null);
            }
        }

        _texts.Add(text);
        _allDates = _allDates && DateText.Is(text);
    }
}

using System.Text;

namespace Nabla.Data.Tests.Csv;

/// <summary>Thirty files that are wrong, damaged or made to hurt: each a clear error with its place, or the right reading; memory stays bounded.</summary>
public sealed class HostileCsvTests
{
    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Repeat(string text, int count) => Utf8(string.Concat(Enumerable.Repeat(text, count)));

    private static readonly Dictionary<string, (Func<byte[]> Bytes, string Said)> Bad = new()
    {
        ["empty file"] = (() => [], "expected a line of column names, received an empty file"),
        ["a mark and nothing else"] = (() => [0xEF, 0xBB, 0xBF], "expected a line of column names, received an empty file"),
        ["blank lines only"] = (() => Utf8("\n\n\r\n\n"), "expected a line of column names, received an empty file"),
        ["a row too short"] = (() => Utf8("a,b,c\n1,2,3\n4,5\n"), "row 2 (line 3): expected 3 cells, as the first line has, with ',' between them; received 2. Is a value left out?"),
        ["a row too long"] = (() => Utf8("a,b\n1,2\n\n3,x,y\n"), "row 2 (line 4): expected 2 cells, as the first line has, with ',' between them; received 3. A text with a separator in it needs quotes"),
        ["separators at the ends of rows"] = (() => Utf8("a,b\n1,2,\n3,4,\n"), "row 1 (line 2): expected 2 cells, as the first line has, with ',' between them; received 3. The row ends with a separator"),
        ["another separator in the rows"] = (() => Utf8("a,b\n1;2\n3;4\n"), "row 1 (line 2): expected 1 cell, as the first line has, with ';' between them; received 2. The separator was found by looking"),
        ["two columns of one name"] = (() => Utf8("x,y,x\n1,2,3\n"), "line 1: expected a name of its own for each column, received 'x' for columns 1 and 3. Give one of them another name."),
        ["data without names"] = (() => Utf8("5.1,3.5,setosa\n4.9,3.0,setosa\n"), "line 1: expected a name for each column in the first line, received the number '5.1'. Add a line of names"),
        ["whole numbers without names"] = (() => Utf8("5,0,0,7\n1,2,3,4\n"), "received '0' for columns 2 and 3. Is the first line data? Then add a line of names above it."),
        ["a quote never closed"] = (() => Utf8("a,b\n1,2\n3,\"four\n5,6\n"), "line 3: expected the quote that was opened to be closed, received the end of the file"),
        ["a quote never closed in a large file"] = (() => Utf8("a,b\n\"1,2\n" + string.Concat(Enumerable.Repeat("3,4\n", 3_000_000))), "row 1: expected at most 4 MiB in a row, received more. Was a quote opened and never closed?"),
        ["a quote inside a cell"] = (() => Utf8("a,b\n5\" pipe,1\n"), "csv 'x.csv' at byte 5: line 2: expected quotes around a whole cell, received one inside it"),
        ["text after a quoted cell"] = (() => Utf8("a,b\n\"say \"hi\",1\n"), "line 2: expected a separator after a closing quote, received text"),
        ["a cell of 20 MB"] = (() => [.. "a,b\n"u8, .. Repeat("x", 20_000_000), .. ",1\n"u8], "row 1: expected at most 4 MiB in a row, received more"),
        ["a header of 20 MB"] = (() => Repeat("x", 20_000_000), "expected at most 4 MiB in a row, received more"),
        ["a million columns"] = (() => Repeat(",", 1_000_000), "line 1: expected at most 16384 columns, received 1000001. Are rows and columns exchanged?"),
        ["Latin-1"] = (() => [.. "name,n\nM"u8, 0xFC, .. "ller,1\n"u8], "csv 'x.csv' at byte 8: expected UTF-8, received the byte 0xFC. The file is in another encoding, such as Latin-1 or Windows-1252: save it as UTF-8"),
        ["Latin-1 far behind"] = (() => [.. "name\n"u8, .. Repeat("Mueller\n", 20_000), (byte)'M', 0xFC, (byte)'\n'], "at byte 160006: expected UTF-8, received the byte 0xFC"),
        ["half a character at the end"] = (() => [.. "name\nMu"u8, 0xC3], "at byte 7: expected UTF-8, received the byte 0xC3"),
        ["an overlong slash"] = (() => [.. "name\n"u8, 0xC0, 0xAF], "at byte 5: expected UTF-8, received the byte 0xC0"),
        ["UTF-16 without its mark"] = (() => Encoding.Unicode.GetBytes("a,b\n1,2\n"), "at byte 0: expected text, received what looks like UTF-16 without its mark"),
        ["UTF-16 cut in two"] = (() => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("a,b\n1,2"), 0x41], "expected UTF-16, as the file's first bytes say, received half a character"),
        ["half a surrogate pair"] = (() => [0xFF, 0xFE, (byte)'a', 0, (byte)'\n', 0, 0x35, 0xD8, (byte)'b', 0], "expected UTF-16, as the file's first bytes say, received half a character"),
        ["UTF-32"] = (() => [.. Encoding.UTF32.GetPreamble(), .. Encoding.UTF32.GetBytes("a,b\n")], "expected UTF-8 or UTF-16 text, received UTF-32"),
        ["a NUL character"] = (() => Utf8("name,n\nx\0y,1\n"), "at byte 8: expected text, received a NUL character"),
        ["a NUL character in UTF-16"] = (() => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("ab\0\n")], "at byte 6: expected text, received a NUL character"),
        ["a workbook"] = (() => [(byte)'P', (byte)'K', 3, 4, 0, 0, 1, 2], "at byte 0: expected text, received a zip file (a spreadsheet's workbook is one). Save the sheet as CSV"),
        ["gzip"] = (() => [0x1F, 0x8B, 8, 0, 1, 2, 3, 4], "at byte 0: expected text, received a gzip file. Unpack it first."),
        ["random bytes"] = (() => [.. Enumerable.Range(128, 128).Select(i => (byte)i)], "at byte 0: expected UTF-8, received the byte 0x80"),
    };

    public static TheoryData<string> Names => [.. Bad.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_bad_file_is_refused_with_its_place(string name)
    {
        byte[] bytes = Bad[name].Bytes();
        long before = GC.GetAllocatedBytesForCurrentThread();
        MalformedFileException error = CsvText.Refused(bytes);
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.StartsWith("csv 'x.csv'", error.Message, StringComparison.Ordinal);
        Assert.Contains(Bad[name].Said, error.Message, StringComparison.Ordinal);
        Assert.InRange(taken, 0, 64L << 20);
    }

    private static readonly Dictionary<string, (Func<byte[]> Bytes, object?[][] Values)> Odd = new()
    {
        ["formulas are text"] = (() => Utf8("a,b\n=1+1,=HYPERLINK(0)\n-2+3,+cmd|x\n"), [["=1+1", "=HYPERLINK(0)"], ["-2+3", "+cmd|x"]]),
        ["a column without a name"] = (() => Utf8(",b\n0,x\n1,y\n"), [[0.0, "x"], [1.0, "y"]]),
        ["one row"] = (() => Utf8("a,b\n1,x"), [[1.0, "x"]]),
        ["one column"] = (() => Utf8("a\n1\n\"\"\n2\n"), [[1.0], [null], [2.0]]),
        ["header only"] = (() => Utf8("a,b,c"), []),
        ["a column of nothing"] = (() => Utf8("a,b\n1,\n2,NA\n"), [[1.0, null], [2.0, null]]),
        ["lines that end in several ways"] = (() => Utf8("a,b\r\n1,x\r2,y\n3,z"), [[1.0, "x"], [2.0, "y"], [3.0, "z"]]),
        ["terminal escapes stay text"] = (() => Utf8("a\n\u001b[2J\n"), [["\u001b[2J"]]),
        ["a name in another script"] = (() => Utf8("größe,名前\n1,い\n"), [[1.0, "い"]]),
        ["numbers too large to be finite"] = (() => Utf8("a\n1e400\n-1e400\n"), [["1e400"], ["-1e400"]]),
        ["separators in quotes"] = (() => Utf8("a;b\n\"1,2,3,4\";x\n\"5,6,7,8\";y\n"), [["1,2,3,4", "x"], ["5,6,7,8", "y"]]),
    };

    public static TheoryData<string> OddNames => [.. Odd.Keys];

    [Theory]
    [MemberData(nameof(OddNames))]
    public void An_odd_file_is_read_as_it_is_meant(string name)
    {
        (Func<byte[]> bytes, object?[][] values) = Odd[name];
        Assert.Equal(values, CsvText.Values(CsvText.Read(bytes())));
    }

    [Fact]
    public void Every_cut_of_a_good_file_is_refused_or_read()
    {
        byte[] good = Utf8("größe,\"a \"\"name\"\"\"\n1.5,\"x, y\"\n,é\n");
        for (int length = 0; length < good.Length; length++)
        {
            if (Record.Exception(() => CsvText.Read(good[..length])) is { } error)
            {
                Assert.IsType<MalformedFileException>(error);
            }
        }
    }

    [Fact]
    public void Every_flipped_bit_of_a_good_file_is_refused_or_read()
    {
        byte[] good = Utf8("größe,\"a \"\"name\"\"\"\n1.5,\"x, y\"\n,é\n7,z\n");
        for (int bit = 0; bit < 8 * good.Length; bit++)
        {
            byte[] flipped = [.. good];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            if (Record.Exception(() => CsvText.Read(flipped)) is { } error)
            {
                Assert.IsType<MalformedFileException>(error);
            }
        }
    }

    [Fact]
    public void Random_text_of_the_letters_that_matter_is_refused_or_read()
    {
        Random random = new(1);
        const string Letters = "a1,;\t|\"\"\n\r .-=\u00e9";
        for (int trial = 0; trial < 20_000; trial++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Letters[random.Next(Letters.Length)]));
            if (Record.Exception(() => CsvText.Read(text)) is { } error)
            {
                Assert.IsType<MalformedFileException>(error);
            }
        }
    }

    [Fact]
    public void A_folder_is_refused() => Assert.Throws<IOException>(() => Table.Read(Path.GetTempPath()));

    [Fact]
    public void A_file_that_is_not_there_is_told()
    {
        FileNotFoundException error = Assert.Throws<FileNotFoundException>(() => Table.Read("no-such.csv"));
        Assert.Contains("found none at 'no-such.csv'", error.Message, StringComparison.Ordinal);
    }
}

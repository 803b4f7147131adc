namespace Nabla.Explain.Tests.Page;

/// <summary>Scripts lose what no browser reads, and nothing else.</summary>
public sealed class TightScriptTests
{
    [Theory]
    [InlineData("const a = b ? [1, 2] : { c: 3 };", "const a=b?[1,2]:{c:3};")]
    [InlineData("let a = b + +c - -d;\nlet e = f\ng()", "let a=b+ +c- -d;let e=f\ng()")]
    [InlineData("if (a) {\n  b();\n} else {\n  c();\n}\nd()", "if(a){b();}else{c();}\nd()")]
    [InlineData("a(\"x = { y }\", 'it\\'s , so');", "a(\"x = { y }\",'it\\'s , so');")]
    [InlineData("a = `x = ${b ? ` = ${{ c: 1 }.c} ; ` : \"\"} , y`;", "a=`x = ${b ? ` = ${{ c: 1 }.c} ; ` : \"\"} , y`;")]
    [InlineData("a.replace(/x <= 0, [/ ,] \\/ =/g, b / c / d)", "a.replace(/x <= 0, [/ ,] \\/ =/g,b/c/d)")]
    [InlineData("return /a = b/.test(c)", "return/a = b/.test(c)")]
    [InlineData("// a word\nlet a = 1; // another\n/** @type {X[]} */\nlet b = /** @type {Y} */ (c);", "let a=1;let b=(c);")]
    [InlineData("const f = (a) => {\n  return a;\n};\n\n[1].map(f)\n  .join()", "const f=(a)=>{return a;};[1].map(f).join()")]
    public void What_no_browser_reads_is_left_out(string script, string tight) => Assert.Equal(tight, TightScript.Of(script).Trim());

    [Fact]
    public void Nothing_more_can_be_taken_from_a_script_of_the_page()
    {
        foreach (string name in PageFile.Scripts)
        {
            string whole = PageFile.Resource($"{name}.js"), tight = TightScript.Of(whole);
            Assert.InRange(tight.Length, 1, whole.Length);
            Assert.Equal(tight, TightScript.Of(tight));
            Assert.DoesNotContain("@type", tight, StringComparison.Ordinal);
        }
    }
}

namespace Nabla.Core.Tests.OpProperties;

/// <summary>No op without a row: neither in the table of tests nor in the catalog.</summary>
public sealed class CoverageTests
{
    public static TheoryData<string> Ops()
    {
        TheoryData<string> data = [];
        foreach (Type type in typeof(Op).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Op)) && !t.IsAbstract))
        {
            data.Add(type.Name);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Ops))]
    public void Every_op_has_one_row_in_the_table_of_tests(string type) => Assert.Single(OpTable.Rows, r => r.Type.Name == type);

    [Theory]
    [MemberData(nameof(Ops))]
    public void Every_op_has_its_row_in_the_catalog(string type)
    {
        OpRow row = Assert.Single(OpTable.Rows, r => r.Type.Name == type);
        Assert.Single(OpCatalog.All, info => info == row.Samples[0].Op(DType.Float64).Info);
    }

    [Theory]
    [MemberData(nameof(Ops))]
    public void Every_op_is_sealed_and_says_in_one_line_what_it_is(string type)
    {
        OpRow row = Assert.Single(OpTable.Rows, r => r.Type.Name == type);
        Assert.True(row.Type.IsSealed);
        string summary = row.Samples[0].Op(DType.Float64).Info.Summary;
        Assert.EndsWith(".", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_in_the_catalog_are_unique() => Assert.Equal(OpCatalog.All.Length, OpCatalog.All.Select(i => i.Name).Distinct().Count());
}

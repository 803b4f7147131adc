namespace Nabla.Core.Tests.Ir;

/// <summary>Printed graphs are read back as they were; damaged ones are refused with the place.</summary>
public sealed class GraphParserTests
{
    public static TheoryData<string> OpNames { get; } = [.. OpCatalog.All.Select(o => o.Name)];

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(OpNames))]
    public void Every_op_prints_and_reads_back(string name)
    {
        Graph graph = RandomOps.Make(new Random(7), nodes: 12, OpCatalog.All.Single(o => o.Name == name));
        Assert.Equal(graph.ToString(), GraphParser.Parse(graph.ToString()).ToString());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_random_graph_prints_and_reads_back(int seed)
    {
        string text = RandomOps.Make(new Random(seed), nodes: 40).ToString();
        Assert.Equal(text, GraphParser.Parse(text).ToString());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_was_read_back_has_equal_ops_types_and_scopes(int seed)
    {
        Graph graph = RandomOps.Make(new Random(seed), nodes: 10);
        Graph again = GraphParser.Parse(graph.ToString());
        Assert.Equal(graph.Nodes.Select(n => n.Type), again.Nodes.Select(n => n.Type));
        Assert.Equal(graph.Nodes.Select(n => n.Scope.Path), again.Nodes.Select(n => n.Scope.Path));
        Assert.Equal(graph.Outputs.Select(o => o.Name), again.Outputs.Select(o => o.Name));
        Assert.Equal(graph.Name, again.Name);
        Verifier.Check(again, "parse");
    }

    [Fact]
    public void A_training_step_by_hand_reads_as_a_person_would_write_it()
    {
        Graph graph = GraphParser.Parse("""
            graph "square"(%w) {
              %w = input() {name="w" type=float64[]}
              %y = multiply(%w, %w)
              return "y"=%y
            }
            """);
        Assert.Equal(
            "graph \"square\"(%0) {\n  %0 = input() {name=\"w\" type=float64[]} : float64[]\n  %1 = multiply(%0, %0) : float64[]\n  return \"y\"=%1\n}",
            graph.ToString());
    }

    [Theory]
    [InlineData("", "expected 'graph' at the start of a graph, received the end")]
    [InlineData("graph \"g\"(%0) {\n  %0 = inptu() {name=\"x\" type=float64[]}\n  return \"y\"=%0\n}", "line 2, column 8: expected an op, received 'inptu'. Did you mean 'input'?")]
    [InlineData("graph \"g\"() {\n  return \"y\"=%0\n}", "line 2, column 14: expected a node that was made above, received %0")]
    [InlineData("graph \"g\"(%0) {\n  %0 = input() {name=\"x\" type=float65[]}\n  return \"y\"=%0\n}", "received 'float65'")]
    [InlineData("graph \"g\"(%0) {\n  %0 = input() {name=\"x\"}\n  return \"y\"=%0\n}", "expected an attribute 'type' of 'input'")]
    [InlineData("graph \"g\"(%0) {\n  %0 = input() {name=\"x\" type=float64[] color=1}\n  return \"y\"=%0\n}", "'input' has no attribute 'color'")]
    [InlineData("graph \"g\"(%0) {\n  %0 = input() {name=\"x\" type=float64[] name=\"y\"}\n  return \"y\"=%0\n}", "expected each attribute once")]
    [InlineData("graph \"g\"(%0) {\n  %0 = input() {name=\"x type=float64[]}\n  return \"y\"=%0\n}", "this quoted text has no closing quote")]
    [InlineData("graph \"g\"(%0) {\n  %0 = input() {name=\"x\\q\" type=float64[]}\n  return \"y\"=%0\n}", "expected one of the escapes")]
    [InlineData("graph \"g\"(%0) {\n  %0 = input() {name=\"x\" type=float64[]} : float32[]\n  return \"y\"=%0\n}", "the text declares float32[] where 'input' gives float64[]")]
    [InlineData("graph \"g\"(%0) {\n  %0 = input() {name=\"x\" type=float64[-1]}\n  return \"y\"=%0\n}", "expected sizes of 0 or more")]
    [InlineData("graph \"g\"(%0) {\n  %0 = input() {name=\"x\" type=float64[99999999999]}\n  return \"y\"=%0\n}", "expected a whole number")]
    [InlineData("graph \"g\"(%0) {\n  %0 = input() {name=\"x\" type=float64[2000000000,2000000000]}\n  return \"y\"=%0\n}", "more elements than an array can hold")]
    [InlineData("graph \"g\"(%0) {\n  %0 = input() {name=\"x\" type=float64[]}\n  %0 = exp(%0)\n  return \"y\"=%0\n}", "line 3, column 3: expected a new name")]
    [InlineData("graph \"g\"(%0) {\n  %0 = input() {name=\"x\" type=float64[]}\n  %1 = exp(%0, %0)\n  return \"y\"=%1\n}", "exp: expected 1 operands, received 2")]
    [InlineData("graph \"g\"() {\n  %0 = input() {name=\"x\" type=float64[]}\n  %1 = exp(%0)\n  return \"y\"=%1\n}", "needs the input 'x'")]
    [InlineData("graph \"g\"() {\n  %0 = literal() {value=float64[200000000]:AAAA}\n  return \"y\"=%0\n}", "expected 1600000000 bytes of float64[200000000] in base 64, received 4 characters")]
    [InlineData("graph \"g\"() {\n  %0 = literal() {value=float32[1]:AAAA!!==}\n  return \"y\"=%0\n}", "base 64")]
    [InlineData("graph \"g\"() {\n  %0 = constant() {value=1//2 dtype=float64}\n  return \"y\"=%0\n}", "expected a number such as 3")]
    [InlineData("graph \"g\"() {\n  %0 = constant() {value= dtype=float64}\n  return \"y\"=%0\n}", "received 'dtype=float64'")]
    [InlineData("graph \"g\"() {\n  %0 = constant() {value=1 dtype=float64}\n  return \"y\"=%0, \"y\"=%0\n}", "different names")]
    [InlineData("graph \"g\"() {\n  %0 = constant() {value=1 dtype=float64}\n  return \"y\"=%0\n} and more", "expected nothing after the graph")]
    public void Damaged_text_is_refused_with_its_place(string text, string message)
    {
        ParseException error = Assert.Throws<ParseException>(() => GraphParser.Parse(text));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_truncation_of_a_graph_is_refused_or_read()
    {
        string text = RandomOps.Make(new Random(3), nodes: 4).ToString();
        for (int length = 0; length < text.Length; length += 5)
        {
            Assert.Throws<ParseException>(() => GraphParser.Parse(text[..length]));
        }
    }

    [Fact]
    public void Any_changed_character_gives_a_graph_or_a_parse_error()
    {
        Random random = new(11);
        string text = RandomOps.Make(new Random(5), nodes: 8).ToString();
        const string Characters = "%(){}[]\"=,:#\\ \n0123456789abfmx-/.";
        for (int i = 0; i < 500; i++)
        {
            char[] changed = text.ToCharArray();
            changed[random.Next(changed.Length)] = Characters[random.Next(Characters.Length)];
            try
            {
                GraphParser.Parse(new string(changed));
            }
            catch (ParseException)
            {
                // Refused: the other allowed outcome. Any other exception fails the test.
            }
        }
    }

    [Fact]
    public void Hostile_nesting_is_refused_instead_of_ending_the_process()
    {
        string tuples = $"graph \"g\"() {{\n %0 = tuple() : {new string('(', 100_000)}";
        Assert.Contains("nested at most", Assert.Throws<ParseException>(() => GraphParser.Parse(tuples)).Message, StringComparison.Ordinal);
        string graphs = string.Concat(Enumerable.Repeat("graph \"g\"() { %0 = call() {body=", 100_000));
        Assert.Contains("nested at most", Assert.Throws<ParseException>(() => GraphParser.Parse(graphs)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_of_ten_thousand_nodes_reads_back()
    {
        GraphBuilder builder = new();
        Tensor x = builder.Input("x", TensorType.Scalar(DType.Float32));
        Tensor y = x;
        for (int i = 0; i < 10_000; i++)
        {
            y = y.Sin();
        }

        string text = new Graph("chain", [x.Node], [new GraphOutput("y", y.Node)]).ToString();
        Assert.Equal(text, GraphParser.Parse(text).ToString());
    }
}

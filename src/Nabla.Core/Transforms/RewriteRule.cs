namespace Nabla;

/// <summary>A named local rewrite: given a node, an equal and simpler one of the same builder, or null where the rule does not apply.</summary>
/// <param name="Name">Recorded wherever the rule fires.</param>
/// <param name="IsExact">Whether values stay the same to the bit for every input, NaN, infinities and -0 included.</param>
/// <param name="Apply">The rule.</param>
/// <example><code>
/// string[] rules = [.. Simplify.ExactRules.Select(r =&gt; r.Name)];
/// </code></example>
public sealed record RewriteRule(string Name, bool IsExact, Func<Node, Node?> Apply);

/// <summary>One firing of a rule, as text, for showing the way from the program as written to the program as run.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Before">The node it found.</param>
/// <param name="After">The node it left.</param>
/// <example><code>
/// List&lt;RewriteStep&gt; steps = [];
/// Graph graph = new("twice negated", [input.Node], [new GraphOutput("y", (-(-input)).Node)]);
/// Graph simpler = Simplify.Run(graph, steps: steps);
/// Console.WriteLine($"{steps[0].Rule}: {steps[0].Before} became {steps[0].After}");
/// </code></example>
public readonly record struct RewriteStep(string Rule, string Before, string After);

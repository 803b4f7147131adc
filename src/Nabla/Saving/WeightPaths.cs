namespace Nabla;

/// <summary>What weights are called in files: Keras' variable paths, made unique.</summary>
/// <remarks>
/// A layer's weights are called by the layer and the layers around it: <c>dense/kernel</c>. A <see cref="Sequential"/> puts its own name before
/// its layers' (<c>mlp/dense/kernel</c>), and only its own where it stands in another model; a functional model puts none. Where two weights
/// would have one path, all models' names stand in theirs.
/// </remarks>
internal static class WeightPaths
{
    public static IReadOnlyList<(string Path, Variable Variable)> Of(Model model)
    {
        List<(string Short, string Whole, Variable Variable)> all = [];
        Walk(model, "", "", all, []);
        HashSet<string> twice = [.. all.GroupBy(w => w.Short).Where(g => g.Count() > 1).Select(g => g.Key)];
        return Unique(all.Select(w => (twice.Contains(w.Short) ? w.Whole : w.Short, w.Variable)));
    }

    /// <summary>Names of which none is there twice: the second becomes <c>name_1</c>.</summary>
    public static IReadOnlyList<(string Path, Variable Variable)> Unique(IEnumerable<(string Path, Variable Variable)> named)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        List<(string, Variable)> unique = [];
        foreach ((string path, Variable variable) in named)
        {
            string free = path;
            for (int n = 1; !taken.Add(free); n++)
            {
                free = $"{path}_{n}";
            }

            unique.Add((free, variable));
        }

        return unique;
    }

    private static void Walk(Layer layer, string around, string whole, List<(string Short, string Whole, Variable Variable)> all, HashSet<Variable> met)
    {
        whole += layer.Name + "/";
        string own = layer switch
        {
            Sequential => layer.Name + "/",
            Model { Network: not null } => "",
            _ => around + layer.Name + "/",
        };
        foreach (Variable weight in layer.OwnWeights.Where(met.Add))
        {
            // Without the layer's name, which has no '/'.
            string part = weight.Name[(weight.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];
            all.Add((own + part, whole + part, weight));
        }

        foreach (Layer inside in layer.Sublayers)
        {
            Walk(inside, own, whole, all, met);
        }
    }
}

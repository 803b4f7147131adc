namespace Nabla.Explain;

/// <summary>The names of a lesson's values as a course writes them: w^[1], or w^(L-1).</summary>
internal static class LayerNames
{
    public static IReadOnlyDictionary<string, string> Of(Lesson lesson, CourseNotation notation)
    {
        Dictionary<string, string> names = [];
        if (notation is not (CourseNotation.Ng or CourseNotation.ThreeBlueOneBrown) || lesson.Layers.Count < 2)
        {
            return names;
        }

        for (int l = 0; l < lesson.Layers.Count; l++)
        {
            LessonLayer layer = lesson.Layers[l];
            int back = lesson.Layers.Count - 1 - l;
            string script = notation == CourseNotation.Ng ? $"^[{l + 1}]" : back == 0 ? "^(L)" : $"^(L-{back})";
            int first = notation == CourseNotation.Ng ? 1 : 0;
            bool one = layer.Outputs.Count == 1;
            for (int j = 0; j < layer.Outputs.Count; j++)
            {
                string index = one ? "" : $"_{j + first}";
                names[layer.PreActivations[j]] = $"z{index}{script}";
                names[layer.Outputs[j]] = $"a{index}{script}";
                names[layer.Biases[j]] = layer.Biases.Distinct().Count() == layer.Biases.Count ? $"b{index}{script}" : $"b{script}";
                for (int k = 0; k < layer.Inputs.Count; k++)
                {
                    names[layer.Weights[j][k]] = one && layer.Inputs.Count == 1 ? $"w{script}" : $"w_{j + first}{k + first}{script}";
                }
            }
        }

        return names;
    }
}

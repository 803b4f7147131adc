namespace Nabla;

/// <summary>What a layer is told about one of its weights: first values, a penalty, a constraint.</summary>
/// <param name="Name">The last part of the weight's name, which Keras' arguments begin with: <c>kernel</c>.</param>
/// <param name="Initializer">The first values.</param>
/// <param name="Regularizer">A penalty on the values.</param>
/// <param name="Constraint">What the values are brought back to after each step.</param>
internal sealed record RegularizedWeight(string Name, Initializer Initializer, Regularizer? Regularizer, Constraint? Constraint)
{
    /// <summary>Writes them under Keras' names: <c>kernel_initializer</c>, <c>kernel_regularizer</c>, <c>kernel_constraint</c>.</summary>
    public void Write(ConfigWriter config)
    {
        config.Initializer($"{Name}_initializer", Initializer);
        config.Regularizer($"{Name}_regularizer", Regularizer);
        config.Constraint($"{Name}_constraint", Constraint);
    }
}

namespace Nabla;

/// <summary>What normalizing layers learn beside their task: a scale (gamma) and a centre (beta), and what makes, penalises and bounds them.</summary>
/// <param name="Center">Whether beta is added.</param>
/// <param name="Scale">Whether gamma multiplies.</param>
/// <param name="BetaInitializer">Beta's first values; zeros by default.</param>
/// <param name="GammaInitializer">Gamma's first values; ones by default.</param>
/// <param name="BetaRegularizer">A penalty on beta.</param>
/// <param name="GammaRegularizer">A penalty on gamma.</param>
/// <param name="BetaConstraint">What beta is brought back to.</param>
/// <param name="GammaConstraint">What gamma is brought back to.</param>
internal sealed record CenterAndScale(
    bool Center,
    bool Scale,
    Initializer? BetaInitializer,
    Initializer? GammaInitializer,
    Regularizer? BetaRegularizer,
    Regularizer? GammaRegularizer,
    Constraint? BetaConstraint,
    Constraint? GammaConstraint)
{
    /// <summary>Writes the arguments under Keras' names.</summary>
    public void Write(ConfigWriter config)
    {
        config.Boolean("center", Center);
        config.Boolean("scale", Scale);
        config.Initializer("beta_initializer", BetaInitializer ?? Initializer.Zeros);
        config.Initializer("gamma_initializer", GammaInitializer ?? Initializer.Ones);
        config.Regularizer("beta_regularizer", BetaRegularizer);
        config.Regularizer("gamma_regularizer", GammaRegularizer);
        config.Constraint("beta_constraint", BetaConstraint);
        config.Constraint("gamma_constraint", GammaConstraint);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static CenterAndScale Read(ConfigReader config) => new(
        config.Boolean("center", true),
        config.Boolean("scale", true),
        config.Initializer("beta_initializer", Initializer.Zeros),
        config.Initializer("gamma_initializer", Initializer.Ones),
        config.Regularizer("beta_regularizer"),
        config.Regularizer("gamma_regularizer"),
        config.Constraint("beta_constraint"),
        config.Constraint("gamma_constraint"));
}

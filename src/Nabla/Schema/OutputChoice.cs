namespace Nabla;

/// <summary>An output layer and a loss that fit a target, and why.</summary>
/// <param name="Units">The outputs: one, or one for each class.</param>
/// <param name="Activation">The last layer's activation; classes are answered by logits, so that the loss is computed in its stable form.</param>
/// <param name="Loss">The loss.</param>
/// <param name="OutputStep">What makes probabilities of the outputs: <c>softmax</c>, <c>sigmoid</c> or <c>none</c>.</param>
/// <param name="Reason">The choice in a line.</param>
/// <example><code>
/// OutputChoice choice = ChoosingTable.For(TargetKind.Classes, classes: 3);
/// var layer = new Dense(choice.Units, choice.Activation);
/// </code></example>
public sealed record OutputChoice(int Units, Activation Activation, Loss Loss, string OutputStep, string Reason);

namespace Nabla.Tests.Callbacks;

/// <summary>Writes down every hook that is called.</summary>
internal sealed class Recorder : Callback
{
    public List<string> Calls { get; } = [];

    public override void OnTrainBegin() => Calls.Add($"train begin {Parameters.Epochs}x{Parameters.Steps}");

    public override void OnTrainEnd(IReadOnlyDictionary<string, double> logs) => Calls.Add($"train end ({string.Join(",", logs.Keys)})");

    public override void OnEpochBegin(int epoch) => Calls.Add($"epoch {epoch}");

    public override void OnEpochEnd(int epoch, IDictionary<string, double> logs) => Calls.Add($"epoch end {epoch} ({string.Join(",", logs.Keys)})");

    public override void OnTrainBatchBegin(int batch) => Calls.Add($"batch {batch}");

    public override void OnTrainBatchEnd(int batch, IReadOnlyDictionary<string, double> logs) => Calls.Add($"batch end {batch} ({string.Join(",", logs.Keys)})");

    public override void OnTestBegin() => Calls.Add("test");

    public override void OnTestEnd(IReadOnlyDictionary<string, double> logs) => Calls.Add($"test end ({string.Join(",", logs.Keys)})");

    public override void OnTestBatchBegin(int batch) => Calls.Add($"test batch {batch}");

    public override void OnTestBatchEnd(int batch, IReadOnlyDictionary<string, double> logs) => Calls.Add($"test batch end {batch}");

    public override void OnPredictBegin() => Calls.Add("predict");

    public override void OnPredictEnd() => Calls.Add("predict end");

    public override void OnPredictBatchBegin(int batch) => Calls.Add($"predict batch {batch}");

    public override void OnPredictBatchEnd(int batch, IReadOnlyList<NDArray> outputs) => Calls.Add($"predict batch end {batch} {outputs[0].Type}");
}

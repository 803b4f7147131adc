namespace Nabla;

/// <summary>Sparse tensors, which do not exist here.</summary>
internal static class SparseOutput
{
    /// <summary>Refuses a configuration that asks for them.</summary>
    public static void Refuse(ConfigReader config)
    {
        if (config.Boolean("sparse", false))
        {
            throw config.Error("expected 'sparse' to be false: sparse tensors are not built. The dense output has the same values.");
        }
    }
}

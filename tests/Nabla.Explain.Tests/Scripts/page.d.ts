// What PageProgram and PageActivations print into the page, from the trace's own graph.
declare const program: PageProgram;
declare const activations: Record<string, (z: number) => { a: number; slope: number }>;

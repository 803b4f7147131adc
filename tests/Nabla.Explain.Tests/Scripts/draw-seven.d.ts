// What DrawSevenProgram prints into the page, from the model's own graphs.
declare function look(given: ArrayLike<number>[]): Float64Array[];
declare function teach(given: ArrayLike<number>[]): Float64Array[];

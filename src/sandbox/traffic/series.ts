export type Labels = Readonly<Record<string, string>>;

/** One line of a graph, computed when it is read. Times are milliseconds since 1970; `at` is asked for times within `from`…`until` only. */
export type Series = {
	/** With `__name__`, as Prometheus keeps them. */
	readonly labels: Labels;
	readonly from: number;
	/** Infinity while the thing that is measured lives. */
	readonly until: number;
	readonly at: (ms: number) => number;
};

/** Everything that can be asked for. `name` is given when the query names its metric, so that a source need not make the rest. */
export type SeriesSource = (name: string | undefined) => readonly Series[];
